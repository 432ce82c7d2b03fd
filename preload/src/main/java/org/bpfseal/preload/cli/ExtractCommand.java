// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpfseal.preload.image.ImageFile;
import org.bpfseal.preload.image.InitramfsReader;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.Given;
import org.bpfseal.verifier.cli.InputFile;
import org.bpfseal.verifier.cli.Json;
import org.bpfseal.verifier.cli.OutputFile;
import org.bpfseal.verifier.cli.Syntax;
import picocli.CommandLine.Model.CommandSpec;

/** {@code bpf-preload extract}. */
final class ExtractCommand {
  private final Syntax syntax =
      Syntax.of("extract", "Writes the files of an image into a folder.")
          .example("bpf-preload extract preload.img --out image");

  private final Given<Path> file = syntax.operand("IMAGE", "made by bpf-preload build").path();

  private final Given<Path> directory = syntax.option("--out", "DIR", "where to").required().path();

  private final Given<Boolean> force = syntax.flag("--force", "replace what exists");

  private final Given<Boolean> json = syntax.flag("--json", "print the list as JSON");

  CommandSpec spec() {
    return syntax.spec(this::call);
  }

  private int call() throws IOException, CommandFailure, FormatException {
    List<ImageFile> files =
        InitramfsReader.read(InputFile.read(file.value(), InitramfsReader.SIZE_MOST));
    for (ImageFile each : files) {
      OutputFile.check(directory.value().resolve(each.path()), force.value());
    }
    for (ImageFile each : files) {
      OutputFile.write(directory.value().resolve(each.path()), each.content(), force.value());
    }
    print(files);
    return ExitCode.OK.status();
  }

  private void print(List<ImageFile> files) {
    PrintWriter out = syntax.out();
    if (json.value()) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("schema", "bpfseal-extract 1");
      values.put("files", files.stream().map(this::values).toList());
      out.println(Json.of(values));
    } else {
      files.forEach(each -> out.println(directory.value().resolve(each.path())));
    }
    out.flush();
  }

  private Map<String, Object> values(ImageFile extracted) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("path", extracted.path());
    values.put("file", directory.value().resolve(extracted.path()).toString());
    values.put("size", extracted.content().size());
    return values;
  }
}
