// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import picocli.CommandLine.Command;

/** The command {@code bpf-verify}. */
@Command(
    name = "bpf-verify",
    mixinStandardHelpOptions = true,
    version = "bpf-verify 0.1.0",
    description = "Says offline what the kernel will answer to signed BPF programs.",
    subcommands = {
      VerifyCommand.class,
      InspectCommand.class,
      ExtractCommand.class,
      JudgeCommand.class
    },
    footer = {"", "Example: bpf-verify verify exec_guard.bpfs --cert release.pem --kernel 7.3"})
public final class BpfVerify {
  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(Launcher.run(new BpfVerify(), args));
  }
}
