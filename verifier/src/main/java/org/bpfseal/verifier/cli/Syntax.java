// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The words that a command takes, declared by code: annotations say the same, and reading them by
 * reflection takes a start longer than everything else that it does.
 */
public final class Syntax {
  private static final int WIDTH = 100;

  /** The subcommand that tells of all others. */
  private static final String MANUAL = "manual";

  private final CommandSpec spec;
  private final Deed deed;
  private final Map<String, Supplier<CommandSpec>> below = new LinkedHashMap<>();

  private Syntax(CommandSpec spec, Deed deed) {
    this.spec = spec;
    this.deed = deed;
  }

  /** A command's name, and what it does, a line each. */
  public static Syntax of(String name, String... description) {
    Deed deed = new Deed();
    return named(CommandSpec.wrapWithoutInspection(deed), deed, name, description);
  }

  /** A command that does nothing without a subcommand. */
  public static Syntax group(String name, String... description) {
    return named(CommandSpec.create(), new Deed(), name, description);
  }

  private static Syntax named(CommandSpec spec, Deed deed, String name, String... description) {
    spec.name(name);
    spec.usageMessage().description(description).width(WIDTH).abbreviateSynopsis(true);
    spec.addOption(
        OptionSpec.builder("-h", "--help")
            .type(boolean.class)
            .usageHelp(true)
            .description("Show this help message and exit.")
            .build());
    return new Syntax(spec, deed);
  }

  /** What {@code --version} prints. */
  public Syntax version(String text) {
    spec.version(text);
    spec.addOption(
        OptionSpec.builder("-V", "--version")
            .type(boolean.class)
            .versionHelp(true)
            .description("Print version information and exit.")
            .build());
    return this;
  }

  /** Lines of an example at the end of the help. */
  public Syntax example(String... lines) {
    String[] footer = new String[lines.length + 1];
    footer[0] = "";
    for (int i = 0; i < lines.length; i++) {
      footer[i + 1] = (i == 0 ? "Example: " : "         ") + lines[i];
    }
    spec.usageMessage().footer(footer);
    return this;
  }

  /** Leaves the command out of the list of commands. */
  public Syntax hidden() {
    spec.usageMessage().hidden(true);
    return this;
  }

  /** An option without a value. */
  public Given<Boolean> flag(String name, String... description) {
    OptionSpec option =
        OptionSpec.builder(name).type(boolean.class).description(description).build();
    spec.addOption(option);
    return new Given<>(option, false);
  }

  /** An option with a value; its type ends the declaration. */
  public Argument option(String name, String label, String... description) {
    return option(List.of(name), label, description);
  }

  /** The same with several names. */
  public Argument option(List<String> names, String label, String... description) {
    return new Argument(spec, names, label, "", description);
  }

  /** What has no name before it; its type ends the declaration. */
  public Argument operand(String label, String... description) {
    return operand(0, label, description);
  }

  /** The same at a place of its own, counted from 0, where there are several. */
  public Argument operand(int place, String label, String... description) {
    return new Argument(spec, List.of(), label, Integer.toString(place), description);
  }

  /** One or more of what has no name before it. */
  public Argument operands(String label, String... description) {
    return new Argument(spec, List.of(), label, Argument.ALL, description);
  }

  /** A command below this one, to be declared when it is needed. */
  public Syntax subcommand(String name, Supplier<CommandSpec> declared) {
    below.put(name, declared);
    return this;
  }

  /**
   * A command that only has subcommands.
   *
   * @param words the command line: if it begins with a subcommand, the others need no declaring
   */
  public CommandSpec spec(String... words) {
    boolean one = words.length > 0 && below.containsKey(words[0]) && !words[0].equals(MANUAL);
    below.forEach(
        (name, declared) -> {
          if (!one || name.equals(words[0])) {
            spec.addSubcommand(name, declared.get());
          }
        });
    return spec;
  }

  /** The command, which does this and gives the exit status. */
  public CommandSpec spec(Callable<Integer> body) {
    deed.body = body;
    return spec;
  }

  /** The whole command line. */
  public CommandLine root() {
    return spec.root().commandLine();
  }

  /** Where the results of the command go. */
  public PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Where everything else goes that the command says. */
  public PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** picocli wants what is done before it knows the options. */
  private static final class Deed implements Callable<Integer> {
    private @Nullable Callable<Integer> body;

    @Override
    public Integer call() throws Exception {
      return Objects.requireNonNull(body).call();
    }
  }
}
