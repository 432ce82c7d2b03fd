// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

/** What a command's exit status says. Of several inputs the highest code wins. */
public enum ExitCode {
  /** Done, or accepted. */
  OK(0),
  /** The answer is no: the kernel would refuse it, or it can't be signed. */
  REFUSED(1),
  /** The command line is wrong. */
  USAGE(2),
  /** An input can't be read or is not of its format, or an output can't be written. */
  UNREADABLE(3),
  /** The key source: missing, wrong password, or not the certificate's key. */
  KEY_SOURCE(4),
  /** An output exists and {@code --force} was not given. */
  WOULD_OVERWRITE(5),
  /** A fault of ours. */
  INTERNAL(70);

  private final int status;

  ExitCode(int status) {
    this.status = status;
  }

  public int status() {
    return status;
  }

  /** The graver of the two. */
  public ExitCode and(ExitCode other) {
    return status >= other.status ? this : other;
  }
}
