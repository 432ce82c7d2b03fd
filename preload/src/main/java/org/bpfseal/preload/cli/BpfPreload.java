// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.cli;

import org.bpfseal.verifier.cli.Launcher;
import org.bpfseal.verifier.cli.ManualCommand;
import org.bpfseal.verifier.cli.Syntax;
import picocli.CommandLine.Model.CommandSpec;

/** The command {@code bpf-preload}. */
public final class BpfPreload {
  private BpfPreload() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    Launcher.start(spec(args), args);
  }

  static CommandSpec spec(String... words) {
    return Syntax.group(
            "bpf-preload",
            "Makes, reads and boots preload images: initramfs that load only signed programs.")
        .version("bpf-preload 0.1.0")
        .example(
            "bpf-preload manifest --plan plan.txt --out manifest",
            "bpf-sign sign --as data --key release.key --cert release.crt manifest",
            "bpf-preload build --plan plan.txt --manifest manifest --out preload.img",
            "bpf-preload boot preload.img --kernel vmlinuz")
        .subcommand("guard", () -> new GuardCommand().spec())
        .subcommand("manifest", () -> new ManifestCommand().spec())
        .subcommand("build", () -> new BuildCommand().spec())
        .subcommand("inspect", () -> new InspectCommand().spec())
        .subcommand("diff", () -> new DiffCommand().spec())
        .subcommand("extract", () -> new ExtractCommand().spec())
        .subcommand("integrate", () -> new IntegrateCommand().spec())
        .subcommand("boot", () -> new BootCommand().spec())
        .subcommand("status", ControlCommand::status)
        .subcommand("attest", () -> new AttestCommand().spec())
        .subcommand("challenge", ControlCommand::challenge)
        .subcommand("confirm", ControlCommand::confirm)
        .subcommand("manual", () -> new ManualCommand().spec())
        .spec(words);
  }
}
