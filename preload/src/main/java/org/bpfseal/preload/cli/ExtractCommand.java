// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.bpfseal.preload.image.ImageFile;
import org.bpfseal.preload.image.InitramfsReader;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.InputFile;
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

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException, CommandFailure, FormatException {
    var files = InitramfsReader.read(InputFile.read(file, InitramfsReader.SIZE_MOST));
    for (ImageFile each : files) {
      OutputFile.check(directory.resolve(each.path()), force);
    }
    for (ImageFile each : files) {
      OutputFile.write(directory.resolve(each.path()), each.content(), force);
      spec.commandLine().getOut().println(directory.resolve(each.path()));
    }
    return ExitCode.OK.status();
  }
}
