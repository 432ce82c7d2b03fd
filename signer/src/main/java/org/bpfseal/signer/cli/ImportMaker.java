// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bpfseal.signer.header.SkeletonHeader;
import org.bpfseal.signer.program.ImportedProgram;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.InputFile;

/** Makes signed programs of bpftool's headers; advice goes to {@code err}. */
record ImportMaker(PrintWriter err) implements Maker {
  private static final String SUFFIX = ".lskel.h";

  static boolean isUsual(Path file) {
    return String.valueOf(file.getFileName()).endsWith(SUFFIX);
  }

  /** The result is named after the header, not after what stands in it. */
  static SignTask task(Path file, Optional<Path> directory) {
    String name = String.valueOf(file.getFileName());
    String stem = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    String output = stem + ".bpfs";
    Path place =
        directory
            .map(folder -> folder.resolve(output))
            .orElseGet(() -> file.resolveSibling(output));
    return new SignTask(file, stem, place);
  }

  @Override
  public Made make(SignTask task) throws IOException, FormatException, CommandFailure {
    SkeletonHeader header = SkeletonHeader.read(InputFile.read(task.input(), SkeletonHeader.LIMIT));
    ImportedProgram program =
        ImportedProgram.of(header)
            .orElseThrow(
                () ->
                    new CommandFailure(
                        ExitCode.REFUSED,
                        "the light skeleton isn't signed",
                        "sign its object: bpf-sign sign OBJECT"));
    program
        .advice()
        .ifPresent(advice -> err.println("bpf-sign: warning: " + task.input() + ": " + advice));
    return new Made(
        program.write(), List.of(program.generation().id() + " form " + program.form().id()));
  }
}
