// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

/** How large an input may be: what fits into this Java's memory several times over. */
public final class InputLimit {
  private static final int SHARE = 5;
  private static final long MOST = 1 << 30;

  private InputLimit() {}

  public static int bytes() {
    return (int) Math.min(MOST, Runtime.getRuntime().maxMemory() / SHARE);
  }
}
