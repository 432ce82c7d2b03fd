// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bpfseal.signer.SignableUnit;
import org.bpfseal.signer.SigningParameters;
import org.bpfseal.signer.file.DetachedFile;
import org.bpfseal.signer.file.FsVerityFile;
import org.bpfseal.signer.file.FsVerityParameters;
import org.bpfseal.signer.file.KernelModule;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.InputFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is signed and how: the same words for {@code sign}, {@code digest} and {@code attach}. */
final class KindOptions {
  private static final int LIMIT = 256 << 20;

  @Option(
      names = "--as",
      paramLabel = "KIND",
      description = {
        "loader (default): a signed program, as STEM.bpfs",
        "object, data: the whole file, detached, as FILE.p7s",
        "module: a copy of the module with its signature",
        "fsverity: the fs-verity digest, as FILE.fsv-sig"
      })
  SignKind kind = SignKind.LOADER;

  @Mixin MessageOptions message;

  @Option(
      names = "--block-size",
      paramLabel = "BYTES",
      description = "fsverity: of the hash tree; default 4096")
  int blockSize = FsVerityParameters.DEFAULT_BLOCK_SIZE;

  @Option(names = "--salt", paramLabel = "HEX", description = "fsverity: up to 32 bytes")
  String salt = "";

  @Mixin LoaderOptions loader;

  /** The task of one input; without a directory the result goes beside the input. */
  SignTask task(Path input, @Nullable Path directory) throws CommandFailure {
    return kind.task(input, directory);
  }

  /** Checked whole, before any input is read. */
  SigningParameters parameters() throws CommandFailure {
    if (kind == SignKind.FSVERITY) {
      fsVerityParameters();
    }
    loader.generations();
    return message.parameters(kind.usualForm());
  }

  /** Reads an input as what its kind signs. */
  SignableUnit unit(Path input) throws IOException, FormatException, CommandFailure {
    return switch (kind) {
      case LOADER -> loader.unit(input);
      case OBJECT, DATA -> new DetachedFile(InputFile.read(input, LIMIT));
      case MODULE -> module(input);
      case FSVERITY -> fsVerity(input);
    };
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
    if (!salt.matches("([0-9a-fA-F]{2})*")) {
      throw new CommandFailure(ExitCode.USAGE, "--salt is not hex: \"" + salt + "\"");
    }
    try {
      return new FsVerityParameters(message.digest(), blockSize, Bytes.hex(salt));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
  }
}
