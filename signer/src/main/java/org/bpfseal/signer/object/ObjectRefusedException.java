// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.object;

import java.util.Optional;

/** A well-formed object of which no light skeleton can be made, or not without a given value. */
public final class ObjectRefusedException extends Exception {
  private final String section;
  private final Optional<String> symbol;
  private final String hint;

  private ObjectRefusedException(
      String message, String section, Optional<String> symbol, String hint) {
    super(message);
    this.section = section;
    this.symbol = symbol;
    this.hint = hint;
  }

  /** A refusal that concerns a section as a whole. */
  public static ObjectRefusedException ofSection(String section, String problem, String hint) {
    return new ObjectRefusedException(
        "section \"" + section + "\" " + problem, section, Optional.empty(), hint);
  }

  /** A refusal of one program, map or variable. */
  public static ObjectRefusedException ofSymbol(
      String section, String symbol, String problem, String hint) {
    return new ObjectRefusedException(
        "section \"" + section + "\", symbol \"" + symbol + "\": " + problem,
        section,
        Optional.of(symbol),
        hint);
  }

  /** A refusal of the object as a whole. */
  public static ObjectRefusedException ofObject(String problem, String hint) {
    return new ObjectRefusedException(problem, "", Optional.empty(), hint);
  }

  /** The section at fault; empty if it is the whole object. */
  public String section() {
    return section;
  }

  /** The program, map or variable at fault. */
  public Optional<String> symbol() {
    return symbol;
  }

  /** What to do about it; may be empty. */
  public String hint() {
    return hint;
  }
}
