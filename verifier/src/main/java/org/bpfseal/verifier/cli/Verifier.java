// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.Usage;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.program.Generation;
import org.bpfseal.verifier.program.SignedForm;
import org.bpfseal.verifier.program.SignedProgram;
import org.bpfseal.verifier.program.SignedProgramReader;

/**
 * Asks each kernel about one file.
 *
 * @param content what detached signatures cover; none: the file beside each
 * @param loader what the boot loader of images must be; none: it isn't compared
 * @param leastVersion of an image's manifest; 0 for any
 */
record Verifier(
    List<KernelTrust> kernels, Optional<Path> content, Optional<Path> loader, long leastVersion) {
  private static final String DETACHED = ".p7s";

  List<Answer> answers(Path file) throws IOException, FormatException, CommandFailure {
    Bytes bytes = InputFile.read(file, InputLimit.bytes());
    return switch (FileKind.of(file, bytes)) {
      case PROGRAM -> program(file, SignedProgramReader.read(bytes));
      case SIGNATURE -> signature(file, bytes);
      case IMAGE -> ImageAnswers.of(file, bytes, kernels, loaderBytes(), leastVersion);
      case MANIFEST ->
          throw new CommandFailure(
              ExitCode.USAGE,
              "a manifest carries no signature of its own",
              "verify " + file + DETACHED);
      case TOKEN, CHALLENGE ->
          throw new CommandFailure(
              ExitCode.USAGE,
              "the guard of one boot judges a token, nobody else",
              "bpf-verify inspect " + file);
    };
  }

  private Optional<Bytes> loaderBytes() throws IOException, CommandFailure {
    return loader.isPresent()
        ? Optional.of(InputFile.read(loader.get(), InputLimit.bytes()))
        : Optional.empty();
  }

  private List<Answer> program(Path file, SignedProgram program) {
    List<Answer> answers = new ArrayList<>();
    for (KernelTrust kernel : kernels) {
      Optional<SignedForm> form =
          program.form(kernel.release().isAtLeast(7, 3) ? Generation.V7_3 : Generation.V6_18);
      answers.add(
          new Answer(
              file,
              stem(file),
              kernel.release(),
              form.map(found -> kernel.mirror().judge(program, found, kernel.selector())),
              form.flatMap(found -> kernel.signer(found.signature())),
              kernel.keyring().text()));
    }
    return answers;
  }

  private List<Answer> signature(Path file, Bytes message) throws IOException, CommandFailure {
    Path covered = content.isPresent() ? content.get() : beside(file);
    Bytes bytes = InputFile.read(covered, InputLimit.bytes());
    List<Answer> answers = new ArrayList<>();
    for (KernelTrust kernel : kernels) {
      answers.add(
          new Answer(
              file,
              covered.toString(),
              kernel.release(),
              Optional.of(
                  kernel
                      .mirror()
                      .verify(Optional.of(bytes), message, kernel.selector(), Usage.BPF)),
              kernel.signer(message),
              kernel.keyring().text()));
    }
    return answers;
  }

  private static Path beside(Path file) throws CommandFailure {
    String name = file.toString();
    if (!name.endsWith(DETACHED)) {
      throw new CommandFailure(
          ExitCode.USAGE, "a detached signature whose content isn't known", "--content FILE");
    }
    return Path.of(name.substring(0, name.length() - DETACHED.length()));
  }

  private static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(".bpfs") ? name.substring(0, name.length() - ".bpfs".length()) : name;
  }
}
