// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.util.List;
import org.bpfseal.verifier.cli.Launcher;
import org.bpfseal.verifier.cli.ManualCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** The command {@code bpf-sign}. */
@Command(
    name = "bpf-sign",
    mixinStandardHelpOptions = true,
    version = "bpf-sign " + BpfSign.VERSION,
    description = "Signs BPF programs with PKCS#7.",
    footer = {"", "Example: bpf-sign sign --key release.key --cert release.crt --out dist *.bpf.o"})
public final class BpfSign {
  static final String VERSION = "0.1.0";

  private static final List<String> NAMES =
      List.of(
          "sign", "show", "digest", "attach", "resign", "import", "token", "key", "version",
          "manual");

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(Launcher.run(spec(args), args));
  }

  /**
   * The command with the subcommand that the arguments name, or with all of them: picocli looks at
   * each by reflection, which costs a tenth of a start.
   */
  static CommandSpec spec(String... args) {
    CommandSpec root = CommandSpec.forAnnotatedObject(new BpfSign());
    boolean one = args.length > 0 && NAMES.contains(args[0]) && !args[0].equals("manual");
    for (String name : one ? List.of(args[0]) : NAMES) {
      root.addSubcommand(name, new CommandLine(command(name)));
    }
    return root;
  }

  private static Object command(String name) {
    return switch (name) {
      case "sign" -> new SignCommand();
      case "show" -> new ShowCommand();
      case "digest" -> new DigestCommand();
      case "attach" -> new AttachCommand();
      case "resign" -> new ResignCommand();
      case "import" -> new ImportCommand();
      case "token" -> new TokenCommand();
      case "key" -> new KeyCommand();
      case "version" -> new VersionCommand();
      case "manual" -> new ManualCommand();
      default -> throw new IllegalArgumentException(name);
    };
  }
}
