// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bpfseal.preload.PreloadImage;
import org.bpfseal.preload.image.ImageFile;
import org.bpfseal.preload.image.InitramfsReader;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.Given;
import org.bpfseal.verifier.cli.InputFile;
import org.bpfseal.verifier.cli.Json;
import org.bpfseal.verifier.cli.Syntax;
import org.bpfseal.verifier.cli.Table;
import picocli.CommandLine.Model.CommandSpec;

/** {@code bpf-preload inspect}. */
final class InspectCommand {
  private final Syntax syntax =
      Syntax.of("inspect", "Shows what is in an image, without judging its signatures.")
          .example("bpf-preload inspect preload.img");

  private final Given<Path> file = syntax.operand("IMAGE", "made by bpf-preload build").path();

  private final Given<Boolean> json = syntax.flag("--json", "print it as JSON");

  CommandSpec spec() {
    return syntax.spec(this::call);
  }

  private int call() throws IOException, CommandFailure, FormatException {
    Bytes bytes = InputFile.read(file.value(), InitramfsReader.SIZE_MOST);
    PreloadImage image = PreloadImage.read(bytes);
    String packing = InitramfsReader.compression(bytes).id();
    if (json.value()) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("schema", "bpfseal-image 1");
      values.put("size", bytes.size());
      values.put("compression", packing);
      values.put("files", image.files().stream().map(ImageFile::path).toList());
      values.put("manifest", ManifestPrinter.values(image.manifest()));
      syntax.out().println(Json.of(values));
    } else {
      Table table = new Table();
      table.row(
          "image",
          "newc, " + packing,
          bytes.size() + " bytes",
          Table.count(image.files().size(), "file"));
      syntax.out().print(table);
      ManifestPrinter.print(image.manifest(), false, syntax.out());
    }
    syntax.out().flush();
    return ExitCode.OK.status();
  }
}
