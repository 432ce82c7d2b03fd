// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.token;

import java.util.Locale;

/** What a token allows, once. */
public enum Operation {
  /** The link may be stopped. */
  STOP(1),
  /** One more link is held. */
  HOLD(2),
  /** The link may be stopped as soon as a certain other program has been loaded. */
  REPLACE(3);

  private final int number;

  Operation(int number) {
    this.number = number;
  }

  /** The challenge's word. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The token's number. */
  public int number() {
    return number;
  }
}
