// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bpfseal.preload.PreloadImage;
import org.bpfseal.preload.image.ImageFile;
import org.bpfseal.preload.image.InitramfsReader;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.InputFile;
import org.bpfseal.verifier.cli.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bpf-preload inspect}. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description = "Shows what is in an image, without judging its signatures.",
    footer = {"", "Example: bpf-preload inspect preload.img"})
final class InspectCommand implements Callable<Integer> {
  @Parameters(paramLabel = "IMAGE", description = "made by bpf-preload build")
  Path file;

  @Option(names = "--json", description = "print it as JSON")
  boolean json;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException, CommandFailure, FormatException {
    Bytes bytes = InputFile.read(file, InitramfsReader.SIZE_MOST);
    PreloadImage image = PreloadImage.read(bytes);
    String packing = InitramfsReader.compression(bytes).id();
    if (json) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("schema", "bpfseal-image 1");
      values.put("size", bytes.size());
      values.put("compression", packing);
      values.put("files", image.files().stream().map(ImageFile::path).toList());
      values.put("manifest", ManifestPrinter.values(image.manifest()));
      spec.commandLine().getOut().println(Json.of(values));
    } else {
      Table table = new Table();
      table.row(
          "image",
          "newc, " + packing,
          bytes.size() + " bytes",
          Table.count(image.files().size(), "file"));
      spec.commandLine().getOut().print(table);
      ManifestPrinter.print(image.manifest(), false, spec.commandLine().getOut());
    }
    spec.commandLine().getOut().flush();
    return ExitCode.OK.status();
  }
}
