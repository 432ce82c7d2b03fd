// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import picocli.CommandLine.Model.CommandSpec;

/** The command {@code bpf-verify}. */
public final class BpfVerify {
  private BpfVerify() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    Launcher.start(spec(args), args);
  }

  static CommandSpec spec(String... words) {
    return Syntax.group(
            "bpf-verify", "Says offline what the kernel will answer to signed BPF programs.")
        .version("bpf-verify 0.1.0")
        .example("bpf-verify verify exec_guard.bpfs --cert release.pem --kernel 7.3")
        .subcommand("verify", () -> new VerifyCommand().spec())
        .subcommand("inspect", () -> new InspectCommand().spec())
        .subcommand("extract", () -> new ExtractCommand().spec())
        .subcommand("judge", () -> new JudgeCommand().spec())
        .subcommand("manual", () -> new ManualCommand().spec())
        .spec(words);
  }
}
