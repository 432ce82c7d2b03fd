// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bpfseal.preload.image.ImageFile;
import org.bpfseal.preload.image.InitramfsReader;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.InputFile;
import org.bpfseal.verifier.cli.Json;
import org.bpfseal.verifier.cli.OutputFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bpf-preload extract}. */
@Command(
    name = "extract",
    mixinStandardHelpOptions = true,
    description = "Writes the files of an image into a folder.",
    footer = {"", "Example: bpf-preload extract preload.img --out image"})
final class ExtractCommand implements Callable<Integer> {
  @Parameters(paramLabel = "IMAGE", description = "made by bpf-preload build")
  Path file;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "where to")
  Path directory;

  @Option(names = "--force", description = "replace what exists")
  boolean force;

  @Option(names = "--json", description = "print the list as JSON")
  boolean json;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException, CommandFailure, FormatException {
    List<ImageFile> files = InitramfsReader.read(InputFile.read(file, InitramfsReader.SIZE_MOST));
    for (ImageFile each : files) {
      OutputFile.check(directory.resolve(each.path()), force);
    }
    for (ImageFile each : files) {
      OutputFile.write(directory.resolve(each.path()), each.content(), force);
    }
    print(files);
    return ExitCode.OK.status();
  }

  private void print(List<ImageFile> files) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("schema", "bpfseal-extract 1");
      values.put("files", files.stream().map(this::values).toList());
      out.println(Json.of(values));
    } else {
      files.forEach(each -> out.println(directory.resolve(each.path())));
    }
    out.flush();
  }

  private Map<String, Object> values(ImageFile extracted) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("path", extracted.path());
    values.put("file", directory.resolve(extracted.path()).toString());
    values.put("size", extracted.content().size());
    return values;
  }
}
