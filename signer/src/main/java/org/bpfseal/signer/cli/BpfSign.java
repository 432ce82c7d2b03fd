// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import org.bpfseal.verifier.cli.Launcher;
import org.bpfseal.verifier.cli.ManualCommand;
import picocli.CommandLine.Command;

/** The command {@code bpf-sign}. */
@Command(
    name = "bpf-sign",
    mixinStandardHelpOptions = true,
    version = "bpf-sign " + BpfSign.VERSION,
    description = "Signs BPF programs with PKCS#7.",
    subcommands = {
      SignCommand.class,
      ShowCommand.class,
      DigestCommand.class,
      AttachCommand.class,
      ResignCommand.class,
      ImportCommand.class,
      KeyCommand.class,
      VersionCommand.class,
      ManualCommand.class
    },
    footer = {"", "Example: bpf-sign sign --key release.key --cert release.crt --out dist *.bpf.o"})
public final class BpfSign {
  static final String VERSION = "0.1.0";

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(Launcher.run(new BpfSign(), args));
  }
}
