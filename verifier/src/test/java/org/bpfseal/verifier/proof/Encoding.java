// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.io.ByteArrayOutputStream;
import org.bpfseal.verifier.bytes.Bytes;

/** The bytes of a tree; its computed parts see here what they are made of. */
final class Encoding {
  /** A signature that was moved into what it signs would never end. */
  private static final int DEEPEST = 2;

  private final Node root;
  private int depth;

  Encoding(Node root) {
    this.root = root;
  }

  static Bytes of(Node root) {
    return new Encoding(root).whole();
  }

  Bytes whole() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    root.write(this, out);
    return Bytes.owning(out.toByteArray());
  }

  /** The labelled element as the kernel signs it; nothing where a change has removed it. */
  Bytes element(String label) {
    if (depth >= DEEPEST) {
      return Bytes.EMPTY;
    }
    depth++;
    try {
      return root.find(label).map(node -> node.withoutEnd(this)).orElse(Bytes.EMPTY);
    } finally {
      depth--;
    }
  }

  /** The contents of the labelled element; nothing where a change has removed it. */
  Bytes contents(String label) {
    if (depth >= DEEPEST) {
      return Bytes.EMPTY;
    }
    depth++;
    try {
      return root.find(label).map(node -> node.contents(this)).orElse(Bytes.EMPTY);
    } finally {
      depth--;
    }
  }

  /** The contents of an element by itself. */
  Bytes contentsOf(Node node) {
    return node.contents(this);
  }

  /** An element by itself. */
  Bytes elementOf(Node node) {
    return node.withoutEnd(this);
  }

  boolean has(String label) {
    return root.find(label).isPresent();
  }
}
