// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.bpfseal.signer.object.KernelConfig;
import org.bpfseal.signer.object.KernelRelease;
import org.bpfseal.signer.object.TargetOptions;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.Given;
import org.bpfseal.verifier.cli.InputFile;
import org.bpfseal.verifier.cli.Syntax;

/** What an object may need to know of the machine that loads it; never read from this one. */
final class TargetValues {
  private static final int CONFIG_LIMIT = 4 << 20;
  private static final int LARGEST_PAGE = 1 << 20;

  private final Given<Integer> pageSize;
  private final Given<Integer> cpus;
  private final Given<Path> config;
  private final Given<String> release;

  TargetValues(Syntax syntax) {
    pageSize =
        syntax
            .option("--target-page-size", "N", "loader: for sizes of ring buffers; default 4096")
            .number(TargetOptions.DEFAULT.pageSize());
    cpus =
        syntax
            .option("--target-cpus", "N", "loader: for perf event arrays without a size")
            .number();
    config =
        syntax
            .option("--kconfig", "FILE", "loader: the target's configuration, for __kconfig")
            .path();
    release =
        syntax
            .option(
                "--target-release",
                "X.Y.Z",
                "loader: the target's kernel, for LINUX_KERNEL_VERSION")
            .text();
  }

  TargetOptions options() throws IOException, CommandFailure {
    if (Integer.bitCount(pageSize.value()) != 1
        || pageSize.value() < 4096
        || pageSize.value() > LARGEST_PAGE) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--target-page-size " + pageSize.value() + " is no page size",
          "4096 or 65536");
    }
    if (cpus.isGiven() && cpus.value() < 1) {
      throw new CommandFailure(
          ExitCode.USAGE, "--target-cpus " + cpus.value() + " is no number of CPUs");
    }
    return new TargetOptions(
        pageSize.value(),
        cpus.isGiven() ? OptionalInt.of(cpus.value()) : OptionalInt.empty(),
        config(),
        release());
  }

  private Optional<KernelConfig> config() throws IOException, CommandFailure {
    if (!config.isGiven()) {
      return Optional.empty();
    }
    try {
      return Optional.of(KernelConfig.read(InputFile.read(config.value(), CONFIG_LIMIT)));
    } catch (FormatException e) {
      throw new CommandFailure(ExitCode.UNREADABLE, config.value() + ": " + e.getMessage());
    }
  }

  private Optional<KernelRelease> release() throws CommandFailure {
    if (!release.isGiven()) {
      return Optional.empty();
    }
    Optional<KernelRelease> read = KernelRelease.of(release.value());
    if (read.isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--target-release " + release.value() + " is no release",
          "such as 6.18.15");
    }
    return read;
  }
}
