// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.ber;

/** The open constructed elements; no schema of ours nests deeper than the kernel's ten. */
final class BerStack {
  private static final int DEPTH = 10;

  private final int[] starts = new int[DEPTH];
  private final int[] headerLengths = new int[DEPTH];
  private final int[] outerEnds = new int[DEPTH];
  private final boolean[] indefinite = new boolean[DEPTH];
  private int top = -1;

  void push(int start, int headerLength, int outerEnd, boolean isIndefinite) {
    top++;
    starts[top] = start;
    headerLengths[top] = headerLength;
    outerEnds[top] = outerEnd;
    indefinite[top] = isIndefinite;
  }

  int topStart() {
    return starts[top];
  }

  int topHeaderLength() {
    return headerLengths[top];
  }

  boolean topIsIndefinite() {
    return indefinite[top];
  }

  /** Drops the innermost element and gives the end of the definite one around it. */
  int pop() {
    return outerEnds[top--];
  }
}
