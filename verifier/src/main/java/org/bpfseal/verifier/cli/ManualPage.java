// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A command's manual page in man(7), made of what {@code --help} is made of. */
public final class ManualPage {
  private final CommandSpec command;
  private final StringBuilder out = new StringBuilder();

  private ManualPage(CommandSpec command) {
    this.command = command;
  }

  /** Name and text of a page, such as {@code bpf-sign-key-wrap.1}. */
  public record Page(String name, String text) {}

  /** The pages of a command and of all commands below it, hidden ones left out. */
  public static List<Page> all(CommandLine root) {
    List<Page> pages = new ArrayList<>();
    add(root.getCommandSpec(), pages);
    return pages;
  }

  private static void add(CommandSpec command, List<Page> pages) {
    pages.add(new Page(command.qualifiedName("-") + ".1", new ManualPage(command).text()));
    command.subcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .filter(child -> !child.usageMessage().hidden())
        .forEach(child -> add(child, pages));
  }

  private String text() {
    String[] description = command.usageMessage().description();
    line(".TH " + quoted(command.qualifiedName("-").toUpperCase(Locale.ROOT)) + " 1");
    section("NAME");
    line(escaped(command.qualifiedName("-") + " - " + lead(description)));
    section("SYNOPSIS");
    synopsis();
    section("DESCRIPTION");
    Arrays.stream(description).forEach(sentence -> line(escaped(sentence)));
    options();
    subcommands();
    exitStatus();
    example();
    return out.toString();
  }

  private static String lead(String[] description) {
    String first = description.length == 0 ? "" : description[0];
    String text = first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
    return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }

  private void synopsis() {
    String positional =
        command.positionalParameters().stream()
            .map(parameter -> " " + parameter.paramLabel() + (parameter.required() ? "..." : ""))
            .collect(Collectors.joining());
    String rest = command.subcommands().isEmpty() ? "[OPTION...]" + positional : "COMMAND ...";
    line("\\fB" + escaped(command.qualifiedName()) + "\\fR " + escaped(rest));
  }

  private void options() {
    section("OPTIONS");
    for (PositionalParamSpec parameter : command.positionalParameters()) {
      item(escaped(parameter.paramLabel()), parameter);
    }
    for (OptionSpec option : command.options()) {
      if (!option.hidden()) {
        String names =
            Arrays.stream(option.names())
                .map(name -> "\\fB" + escaped(name) + "\\fR")
                .collect(Collectors.joining(", "));
        String value =
            option.arity().max() == 0 ? "" : " \\fI" + escaped(option.paramLabel()) + "\\fR";
        item(names + value, option);
      }
    }
  }

  private void item(String head, ArgSpec argument) {
    line(".TP");
    line(head);
    Arrays.stream(argument.description()).forEach(text -> line(escaped(text)));
  }

  private void subcommands() {
    if (command.subcommands().isEmpty()) {
      return;
    }
    section("COMMANDS");
    command
        .subcommands()
        .forEach(
            (name, child) -> {
              if (!child.getCommandSpec().usageMessage().hidden()) {
                line(".TP");
                line("\\fB" + escaped(name) + "\\fR");
                line(
                    escaped(String.join(" ", child.getCommandSpec().usageMessage().description())));
              }
            });
  }

  private void exitStatus() {
    section("EXIT STATUS");
    for (ExitCode code : ExitCode.values()) {
      line(".TP");
      line("\\fB" + code.status() + "\\fR");
      line(escaped(code.meaning()));
    }
    line(".PP");
    line("Of several inputs all are tried, and the highest status wins.");
  }

  private void example() {
    String[] footer = command.usageMessage().footer();
    if (footer.length == 0) {
      return;
    }
    section("EXAMPLE");
    line(".nf");
    Arrays.stream(footer)
        .filter(text -> !text.isEmpty())
        .map(text -> text.replaceFirst("^(Example: |         )", ""))
        .forEach(text -> line(escaped(text)));
    line(".fi");
  }

  private void section(String name) {
    line(".SH " + name);
  }

  private void line(String text) {
    out.append(text).append('\n');
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  /** A backslash, a dash and a leading dot or quote mean something to man(7). */
  private static String escaped(String text) {
    String safe = text.replace("\\", "\\e").replace("-", "\\-");
    return safe.startsWith(".") || safe.startsWith("'") ? "\\&" + safe : safe;
  }
}
