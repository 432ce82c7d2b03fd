// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

/** What a command's exit status says. Of several inputs the highest code wins. */
public enum ExitCode {
  /** Done, or accepted. */
  OK(0, "done, or accepted"),
  /** The answer is no: the kernel would refuse it, or it can't be signed. */
  REFUSED(1, "refused: the kernel would refuse it, or it can't be signed"),
  /** The command line is wrong. */
  USAGE(2, "the command line is wrong"),
  /** An input can't be read or is not of its format, or an output can't be written. */
  UNREADABLE(3, "an input can't be read or is malformed, or an output can't be written"),
  /** The key source: missing, wrong password, or not the certificate's key. */
  KEY_SOURCE(4, "the key source: missing, wrong password, or not the certificate's key"),
  /** An output exists and {@code --force} was not given. */
  WOULD_OVERWRITE(5, "an output exists and --force was not given"),
  /** A fault of ours. */
  INTERNAL(70, "a fault of the program");

  private final int status;
  private final String meaning;

  ExitCode(int status, String meaning) {
    this.status = status;
    this.meaning = meaning;
  }

  public int status() {
    return status;
  }

  /** For manuals. */
  public String meaning() {
    return meaning;
  }

  /** The graver of the two. */
  public ExitCode and(ExitCode other) {
    return status >= other.status ? this : other;
  }
}
