// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import org.bpfseal.verifier.cli.Launcher;
import org.bpfseal.verifier.cli.ManualCommand;
import org.bpfseal.verifier.cli.Syntax;
import picocli.CommandLine.Model.CommandSpec;

/** The command {@code bpf-sign}. */
public final class BpfSign {
  static final String VERSION = "0.1.0";

  private BpfSign() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    Launcher.start(spec(args), args);
  }

  static CommandSpec spec(String... words) {
    return Syntax.group("bpf-sign", "Signs BPF programs with PKCS#7.")
        .version("bpf-sign " + VERSION)
        .example("bpf-sign sign --key release.key --cert release.crt --out dist *.bpf.o")
        .subcommand("sign", () -> new SignCommand().spec())
        .subcommand("show", () -> new ShowCommand().spec())
        .subcommand("digest", () -> new DigestCommand().spec())
        .subcommand("attach", () -> new AttachCommand().spec())
        .subcommand("resign", () -> new ResignCommand().spec())
        .subcommand("import", () -> new ImportCommand().spec())
        .subcommand("token", () -> new TokenCommand().spec())
        .subcommand("key", () -> KeyCommand.spec())
        .subcommand("version", () -> new VersionCommand().spec())
        .subcommand("manual", () -> new ManualCommand().spec())
        .spec(words);
  }
}
