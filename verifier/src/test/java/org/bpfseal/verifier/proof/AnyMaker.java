// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * Makes elements for where the kernel's schema takes any: it skips them by their length, or looks
 * for the end of an indefinite one, where long tags, long lengths and any depth are allowed.
 */
final class AnyMaker {
  private static final int DEEPEST = 14;
  private static final int[] TAGS = {
    0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0c, 0x13, 0x16, 0x1e, 0x41, 0x80, 0x9e, 0xc0, 0x00
  };
  private static final int[] LONG_TAGS = {0x1f1f, 0x1f05, 0x9f8101, 0x5f80, 0x1fff7f, 0xdf818000};
  private static final int CONSTRUCTED = 0x20;

  private final Random random;

  private AnyMaker(Random random) {
    this.random = random;
  }

  static Node any(Random random) {
    AnyMaker maker = new AnyMaker(random);
    return random.nextInt(3) == 0 ? maker.leaf(false) : maker.branch(0, random.nextInt(3) > 0);
  }

  /** A tag of more than one octet on the same element. */
  static Node longTagged(Node node, Random random) {
    int tag = LONG_TAGS[random.nextInt(LONG_TAGS.length)];
    int bit = (node.tag() & CONSTRUCTED) << (8 * ((31 - Integer.numberOfLeadingZeros(tag)) / 8));
    return node.tagged(tag | bit);
  }

  private Node leaf(boolean longTag) {
    byte[] contents = new byte[random.nextInt(random.nextInt(8) == 0 ? 300 : 12)];
    random.nextBytes(contents);
    Node leaf = Node.of(TAGS[random.nextInt(TAGS.length - 1)], Bytes.owning(contents));
    return sized(longTag ? longTagged(leaf, random) : leaf);
  }

  private Node branch(int depth, boolean indefinite) {
    List<Node> inside = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      boolean longTag = indefinite && random.nextInt(4) == 0;
      boolean deeper = depth < DEEPEST && random.nextInt(5) < 3;
      inside.add(deeper ? branch(depth + 1, random.nextBoolean()) : leaf(longTag));
    }
    if (indefinite && random.nextInt(20) == 0) {
      inside.add(Node.of(0, Bytes.owning(new byte[random.nextInt(3)])));
    }
    Node branch = Node.of((random.nextBoolean() ? 0x10 : 0x80) | CONSTRUCTED, inside);
    return indefinite ? branch.sized(new Node.Length.Indefinite()) : sized(branch);
  }

  /** Seven octets of length are the most behind an indefinite element's start. */
  private Node sized(Node node) {
    return switch (random.nextInt(16)) {
      case 0, 1 -> node.sized(new Node.Length.LongForm(1 + random.nextInt(9)));
      case 2 -> node.sized(new Node.Length.Off(random.nextInt(3) - 1));
      default -> node;
    };
  }
}
