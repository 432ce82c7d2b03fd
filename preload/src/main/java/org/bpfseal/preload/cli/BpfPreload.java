// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.cli;

import org.bpfseal.verifier.cli.Launcher;
import picocli.CommandLine.Command;

/** The command {@code bpf-preload}. */
@Command(
    name = "bpf-preload",
    mixinStandardHelpOptions = true,
    version = "bpf-preload 0.1.0",
    description =
        "Makes, reads and boots preload images: initramfs that load only signed programs.",
    subcommands = {
      GuardCommand.class,
      ManifestCommand.class,
      BuildCommand.class,
      InspectCommand.class,
      ExtractCommand.class,
      BootCommand.class
    },
    footer = {
      "",
      "Example: bpf-preload manifest --plan plan.txt --out manifest",
      "         bpf-sign sign --as data --key release.key --cert release.crt manifest",
      "         bpf-preload build --plan plan.txt --manifest manifest --out preload.img",
      "         bpf-preload boot preload.img --kernel vmlinuz"
    })
public final class BpfPreload {
  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(Launcher.run(new BpfPreload(), args));
  }
}
