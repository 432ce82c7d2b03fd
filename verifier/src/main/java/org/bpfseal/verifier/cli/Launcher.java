// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;
import org.bpfseal.verifier.bytes.FormatException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Runs one of the three commands: answers on standard output, everything else on standard error as
 * {@code name: error: …} and {@code name: hint: …}.
 *
 * <p>A crash never reads as "refused": picocli's own code for an escaped exception is 1, ours is
 * 70.
 */
public final class Launcher {
  static {
    // Converters of types that no option of ours has; picocli looks for each by its name.
    System.setProperty("picocli.converters.excludes", ".*");
  }

  private Launcher() {}

  /** A command line with our exit codes and messages; tests give it their own writers. */
  public static CommandLine commandLine(CommandSpec root) {
    CommandLine line = new CommandLine(root);
    line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    // @LIST names inputs, one a line; picocli would take its words for options too.
    line.setExpandAtFiles(false);
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            System.getenv("NO_COLOR") == null ? Ansi.AUTO : Ansi.OFF));
    line.setParameterExceptionHandler(Launcher::usageError);
    line.setExecutionExceptionHandler(
        (e, command, parsed) ->
            report(command.getErr(), line.getCommandName(), failureOf(e)).status());
    return line;
  }

  /** A command's {@code main}: runs the command line and ends the process with its status. */
  public static void start(CommandSpec root, String... args) {
    int status = run(root, args);
    // No thread of ours outlives its work; an exit that isn't needed costs a search for loggers.
    if (status != 0) {
      System.exit(status);
    }
  }

  /**
   * Runs a command line whole: also an error of the JVM (out of memory, stack overflow) ends as
   * exit code 70, where Java's own status would be 1.
   */
  public static int run(CommandSpec root, String... args) {
    CommandLine line = commandLine(root);
    try {
      return line.execute(args);
    } catch (Error e) {
      return report(line.getErr(), line.getCommandName(), failureOf(e)).status();
    }
  }

  /** Prints one failure and gives its exit code. */
  public static ExitCode report(PrintWriter err, String name, CommandFailure failure) {
    err.println(name + ": error: " + failure.getMessage());
    if (!failure.hint().isEmpty()) {
      err.println(name + ": hint: " + failure.hint());
    }
    if (failure.exitCode() == ExitCode.INTERNAL && failure.getCause() != null) {
      failure.getCause().printStackTrace(err);
    }
    err.flush();
    return failure.exitCode();
  }

  /** What an exception means to the user. */
  public static CommandFailure failureOf(Throwable thrown) {
    return switch (thrown) {
      case CommandFailure failure -> failure;
      case FormatException e ->
          new CommandFailure(ExitCode.UNREADABLE, String.valueOf(e.getMessage()));
      case FileSystemException e ->
          new CommandFailure(ExitCode.UNREADABLE, e.getFile() + ": " + reason(e));
      case UncheckedIOException e -> failureOf(Objects.requireNonNull(e.getCause()));
      case IOException e ->
          new CommandFailure(ExitCode.UNREADABLE, "input or output: " + reason(e));
      default -> {
        CommandFailure failure =
            new CommandFailure(
                ExitCode.INTERNAL,
                "internal: " + thrown,
                "this is a fault of the program, please report it");
        failure.initCause(thrown);
        yield failure;
      }
    };
  }

  /** What went wrong with a file, without its name. */
  static String reason(IOException thrown) {
    return switch (thrown) {
      case NoSuchFileException missing -> "no such file";
      case AccessDeniedException denied -> "permission denied";
      case FileAlreadyExistsException file -> "exists and is no directory";
      case NotDirectoryException file -> "not a directory";
      case FileSystemException other -> orClass(other.getReason(), other);
      default -> orClass(thrown.getMessage(), thrown);
    };
  }

  private static String orClass(@Nullable String reason, IOException thrown) {
    return reason == null ? thrown.getClass().getSimpleName() : reason;
  }

  private static int usageError(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().root().name();
    command.getErr().println(name + ": error: " + e.getMessage());
    command
        .getErr()
        .println(
            name
                + ": hint: "
                + command.getCommandSpec().qualifiedName()
                + " --help lists the options");
    command.getErr().flush();
    return ExitCode.USAGE.status();
  }
}
