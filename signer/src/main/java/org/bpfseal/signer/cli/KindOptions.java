// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bpfseal.signer.SignableUnit;
import org.bpfseal.signer.SigningParameters;
import org.bpfseal.signer.file.DetachedFile;
import org.bpfseal.signer.file.FsVerityFile;
import org.bpfseal.signer.file.FsVerityParameters;
import org.bpfseal.signer.file.KernelModule;
import org.bpfseal.signer.key.Payload;
import org.bpfseal.signer.key.SigningPublicKey;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.Given;
import org.bpfseal.verifier.cli.InputFile;
import org.bpfseal.verifier.cli.Syntax;

/** What is signed and how: the same words for {@code sign}, {@code digest} and {@code attach}. */
final class KindOptions {
  private static final int LIMIT = 256 << 20;
  private static final int LARGE = 1 << 20;

  final Given<SignKind> kind;
  private final MessageOptions message;
  private final Given<Integer> blockSize;
  private final Given<String> salt;
  final LoaderOptions loader;

  KindOptions(Syntax syntax) {
    kind =
        syntax
            .option(
                "--as",
                "KIND",
                "loader (default): a signed program, as STEM.bpfs",
                "program: one program by itself that needs no loader, as STEM.bpfs",
                "object, data: the whole file, detached, as FILE.p7s",
                "module: a copy of the module with its signature",
                "fsverity: the fs-verity digest, as FILE.fsv-sig")
            .word(SignKind.LOADER);
    message = new MessageOptions(syntax);
    blockSize =
        syntax
            .option("--block-size", "BYTES", "fsverity: of the hash tree; default 4096")
            .number(FsVerityParameters.DEFAULT_BLOCK_SIZE);
    salt = syntax.option("--salt", "HEX", "fsverity: up to 32 bytes").text("");
    loader = new LoaderOptions(syntax);
  }

  /** The task of one input; without a directory the result goes beside the input. */
  SignTask task(Path input, Optional<Path> directory) throws CommandFailure {
    return kind.value().task(input, directory);
  }

  /** Checked whole, before any input is read. */
  SigningParameters parameters() throws CommandFailure {
    if (kind.value() == SignKind.FSVERITY) {
      fsVerityParameters();
    }
    loader.generations();
    return message.parameters(kind.value().usualForm());
  }

  /** Refuses keys that some of the kernels in question can't verify with. */
  void requireVerifiable(List<SigningPublicKey> keys) throws CommandFailure {
    if (kind.value().isSignedProgram()) {
      loader.requireVerifiable(keys);
    }
  }

  /** Reads an input as what its kind signs. */
  SignableUnit unit(Path input) throws IOException, FormatException, CommandFailure {
    return switch (kind.value()) {
      case LOADER -> loader.unit(input);
      case PROGRAM -> loader.direct(input);
      case OBJECT, DATA -> new DetachedFile(whole(input));
      case MODULE -> module(input);
      case FSVERITY -> fsVerity(input);
    };
  }

  /** A large file stays where it is. A pipe is read into memory: it can be read once only. */
  private static Payload whole(Path input) throws IOException, CommandFailure {
    if (Files.isRegularFile(input)) {
      long size = Files.size(input);
      if (size > LARGE) {
        return new Payload.InFile(input, size);
      }
    }
    return Payload.of(InputFile.read(input, LIMIT));
  }

  private static SignableUnit module(Path input)
      throws IOException, FormatException, CommandFailure {
    Bytes file = InputFile.read(input, LIMIT);
    if (KernelModule.isSigned(file)) {
      throw new CommandFailure(
          ExitCode.REFUSED,
          "the module has a signature already",
          "sign the module as it was built, or use bpf-sign resign");
    }
    return KernelModule.of(file);
  }

  private SignableUnit fsVerity(Path input) throws IOException, CommandFailure {
    FsVerityParameters parameters = fsVerityParameters();
    if (Files.isDirectory(input)) {
      throw new CommandFailure(ExitCode.UNREADABLE, input + ": is a directory");
    }
    try (InputStream in = Files.newInputStream(input)) {
      return FsVerityFile.of(in, parameters);
    }
  }

  private FsVerityParameters fsVerityParameters() throws CommandFailure {
    if (!salt.value().matches("([0-9a-fA-F]{2})*")) {
      throw new CommandFailure(ExitCode.USAGE, "--salt is not hex: \"" + salt.value() + "\"");
    }
    try {
      return new FsVerityParameters(message.digest(), blockSize.value(), Bytes.hex(salt.value()));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
  }
}
