// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.ber;

/**
 * Where the reader is, for refusals: names of the open elements, with an index where they repeat.
 */
final class BerPath {
  private static final int DEPTH = 10;
  private static final int SINGLE = -1;

  private final String root;
  private final String[] names = new String[DEPTH];
  private final int[] indices = new int[DEPTH];
  private int depth;

  BerPath(String root) {
    this.root = root;
  }

  void enter(String name) {
    names[depth] = name;
    indices[depth] = SINGLE;
    depth++;
  }

  /** The innermost element repeats its contents; the first pass begins. */
  void count() {
    indices[depth - 1] = 0;
  }

  void next() {
    indices[depth - 1]++;
  }

  void leave() {
    depth--;
  }

  String text(String leaf) {
    StringBuilder text = new StringBuilder(root);
    for (int i = 0; i < depth; i++) {
      append(text, names[i]);
      if (indices[i] != SINGLE) {
        text.append('[').append(indices[i]).append(']');
      }
    }
    append(text, leaf);
    return text.toString();
  }

  private static void append(StringBuilder text, String name) {
    if (!name.isEmpty()) {
      text.append(text.isEmpty() ? "" : " / ").append(name);
    }
  }
}
