// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.util.List;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * A message about which the kernel and CMS libraries disagree.
 *
 * @param why in a few words
 * @param ring certificates that are trusted
 */
record Difference(String name, String why, List<Bytes> ring, Bytes message) {
  /** What all messages sign: a program that returns 0. */
  static final Bytes CONTENT = Bytes.hex("b7000000000000009500000000000000");

  Difference {
    ring = List.copyOf(ring);
  }
}
