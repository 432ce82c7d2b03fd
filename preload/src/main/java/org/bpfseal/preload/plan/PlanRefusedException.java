// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.plan;

/** A plan that can be read but not be done: at which line, why, and what to do about it. */
public final class PlanRefusedException extends Exception {
  private final int line;
  private final String hint;

  PlanRefusedException(int line, String problem, String hint) {
    super("line " + line + ": " + problem);
    this.line = line;
    this.hint = hint;
  }

  public int line() {
    return line;
  }

  /** May be empty. */
  public String hint() {
    return hint;
  }
}
