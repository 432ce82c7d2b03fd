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
import org.bpfseal.verifier.cli.InputFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What an object may need to know of the machine that loads it; never read from this one. */
final class TargetValues {
  private static final int CONFIG_LIMIT = 4 << 20;
  private static final int LARGEST_PAGE = 1 << 20;

  @Option(
      names = "--target-page-size",
      paramLabel = "N",
      description = "loader: for sizes of ring buffers; default 4096")
  int pageSize = TargetOptions.DEFAULT.pageSize();

  @Option(
      names = "--target-cpus",
      paramLabel = "N",
      description = "loader: for perf event arrays without a size")
  @Nullable Integer cpus;

  @Option(
      names = "--kconfig",
      paramLabel = "FILE",
      description = "loader: the target's configuration, for __kconfig")
  @Nullable Path config;

  @Option(
      names = "--target-release",
      paramLabel = "X.Y.Z",
      description = "loader: the target's kernel, for LINUX_KERNEL_VERSION")
  @Nullable String release;

  TargetOptions options() throws IOException, CommandFailure {
    if (Integer.bitCount(pageSize) != 1 || pageSize < 4096 || pageSize > LARGEST_PAGE) {
      throw new CommandFailure(
          ExitCode.USAGE, "--target-page-size " + pageSize + " is no page size", "4096 or 65536");
    }
    if (cpus != null && cpus < 1) {
      throw new CommandFailure(ExitCode.USAGE, "--target-cpus " + cpus + " is no number of CPUs");
    }
    return new TargetOptions(
        pageSize, cpus == null ? OptionalInt.empty() : OptionalInt.of(cpus), config(), release());
  }

  private Optional<KernelConfig> config() throws IOException, CommandFailure {
    if (config == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(KernelConfig.read(InputFile.read(config, CONFIG_LIMIT)));
    } catch (FormatException e) {
      throw new CommandFailure(ExitCode.UNREADABLE, config + ": " + e.getMessage());
    }
  }

  private Optional<KernelRelease> release() throws CommandFailure {
    if (release == null) {
      return Optional.empty();
    }
    Optional<KernelRelease> read = KernelRelease.of(release);
    if (read.isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE, "--target-release " + release + " is no release", "such as 6.18.15");
    }
    return read;
  }
}
