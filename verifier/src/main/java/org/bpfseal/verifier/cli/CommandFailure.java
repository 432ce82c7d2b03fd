// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

/**
 * Ends a command, or one of its inputs, with an exit code, what is wrong, and what to do about it.
 */
public final class CommandFailure extends Exception {
  private final ExitCode exitCode;
  private final String hint;

  /**
   * @param problem lower case, no full stop
   * @param hint what the user can do; empty for none
   */
  public CommandFailure(ExitCode exitCode, String problem, String hint) {
    super(problem);
    this.exitCode = exitCode;
    this.hint = hint;
  }

  public CommandFailure(ExitCode exitCode, String problem) {
    this(exitCode, problem, "");
  }

  public ExitCode exitCode() {
    return exitCode;
  }

  public String hint() {
    return hint;
  }
}
