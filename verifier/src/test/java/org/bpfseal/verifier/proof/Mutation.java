// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bpfseal.verifier.bytes.Bytes;

/** One change to one element of a tree, or to the bytes. */
enum Mutation {
  DROP,
  DUPLICATE,
  REORDER,
  TAG,
  CONSTRUCTED_BIT,
  CLASS,
  SET_OR_SEQUENCE,
  LONG_LENGTH,
  WRONG_LENGTH,
  INDEFINITE,
  BIT,
  CUT,
  EXTEND,
  EMPTY,
  LEADING_ZERO,
  INSERT,
  GRAFT,
  WRAP,
  UNWRAP,
  OID,
  NUMBER,
  TIME,
  ANY,
  LONG_TAG,
  DEEPER,
  MANY,
  STRETCH;

  private static final List<Mutation> ALL = List.of(values());

  private static final List<Integer> TAGS =
      List.of(
          0, 1, 2, 3, 4, 5, 6, 0x0c, 0x10, 0x11, 0x13, 0x16, 0x17, 0x18, 0x1f, 0x24, 0x30, 0x31,
          0x3f, 0x80, 0x81, 0x82, 0x83, 0xa0, 0xa1, 0xa2, 0xa3, 0xa4);

  /** A tree with one change somewhere, and what it was. */
  record Changed(Node tree, String what) {}

  /** Changes one element; tries until the change does something. */
  static Changed tree(Node tree, Random random) {
    while (true) {
      Mutation mutation = ALL.get(random.nextInt(ALL.size()));
      int index = random.nextInt(tree.count());
      Node target = tree.at(index);
      List<Node> others = mutation.apply(target, tree, random);
      if (!others.equals(List.of(target)) && (index > 0 || others.size() == 1)) {
        String what = "%s@%d:%02x".formatted(mutation, index, target.tag());
        return new Changed(index == 0 ? others.getFirst() : tree.replaced(index, others), what);
      }
    }
  }

  /** The same tree with other forms of length all over, most of which the kernel reads. */
  static Node restyled(Node tree, Random random) {
    List<Node> inside = new ArrayList<>();
    tree.nodes().forEach(node -> inside.add(restyled(node, random)));
    Node same = inside.isEmpty() ? tree : tree.with(inside);
    boolean constructed = (tree.tag() & 0x20) != 0;
    return switch (random.nextInt(40)) {
      case 0, 1, 2, 3 -> constructed ? same.sized(new Node.Length.Indefinite()) : same;
      case 4, 5 -> same.sized(new Node.Length.LongForm(2));
      case 6 -> constructed ? same.tagged(tree.tag() ^ 0x20) : same;
      case 7 -> constructed ? setOrSequence(same) : same;
      default -> same;
    };
  }

  /** The bytes of a changed tree. */
  static Bytes bytes(Node tree, Random random) {
    return Encoding.of(tree(tree, random).tree());
  }

  private List<Node> apply(Node node, Node tree, Random random) {
    return switch (this) {
      case DROP -> List.of();
      case DUPLICATE -> List.of(node, node);
      case REORDER -> List.of(node.with(shuffled(node.nodes(), random)));
      case TAG -> List.of(node.tagged(pick(TAGS, random)));
      case CONSTRUCTED_BIT -> List.of(node.tagged(node.tag() ^ 0x20));
      case CLASS -> List.of(node.tagged(node.tag() ^ 0x40 << random.nextInt(2)));
      case SET_OR_SEQUENCE -> List.of(setOrSequence(node));
      case LONG_LENGTH -> List.of(node.sized(new Node.Length.LongForm(random.nextInt(5))));
      case WRONG_LENGTH -> List.of(node.sized(new Node.Length.Off(wrong(random))));
      case INDEFINITE -> List.of(node.sized(new Node.Length.Indefinite()));
      case BIT, CUT, EXTEND, STRETCH, EMPTY, LEADING_ZERO, NUMBER, OID ->
          List.of(contents(node, random));
      case INSERT -> inserted(node, random);
      case GRAFT -> List.of(tree.at(random.nextInt(tree.count())));
      case WRAP -> List.of(Node.of(0xa0 | random.nextInt(2), List.of(node)));
      case TIME -> List.of(isTime(node) ? TimeMaker.time(random) : node);
      case ANY -> List.of(AnyMaker.any(random));
      case LONG_TAG -> List.of(AnyMaker.longTagged(node, random));
      case DEEPER -> List.of(deeper(node, 1 + random.nextInt(12)));
      case MANY -> Collections.nCopies(2 + random.nextInt(30), node);
      case UNWRAP -> node.nodes().isEmpty() ? List.of(node) : node.nodes();
    };
  }

  private static int wrong(Random random) {
    int by = random.nextInt(8) - 4;
    return by == 0 ? 127 : by;
  }

  private static <T> T pick(List<T> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }

  private static List<Node> shuffled(List<Node> nodes, Random random) {
    List<Node> copy = new ArrayList<>(nodes);
    Collections.shuffle(copy, random);
    return copy;
  }

  private static Node setOrSequence(Node node) {
    return switch (node.tag()) {
      case Der.SEQUENCE -> node.tagged(Der.SET);
      case Der.SET -> node.tagged(Der.SEQUENCE);
      case 0xa0 -> node.tagged(0xa2);
      case 0xa1 -> node.tagged(0xa3);
      default -> node;
    };
  }

  private static List<Node> inserted(Node node, Random random) {
    Node other =
        switch (random.nextInt(4)) {
          case 0 -> Der.nothing();
          case 1 -> Der.octets(Bytes.of((byte) 0));
          case 2 -> Der.sequence();
          default -> Der.context(random.nextInt(4), Bytes.EMPTY);
        };
    return switch (random.nextInt(3)) {
      case 0 -> List.of(node, other);
      case 1 -> List.of(other, node);
      default ->
          List.of(node.with(Stream.concat(node.nodes().stream(), Stream.of(other)).toList()));
    };
  }

  private static boolean isTime(Node node) {
    return node.tag() == Der.UTC_TIME || node.tag() == Der.GENERALIZED_TIME;
  }

  private static Node deeper(Node node, int levels) {
    Node all = node;
    for (int i = 0; i < levels; i++) {
      all = node.with(List.of(all));
    }
    return all;
  }

  private Node contents(Node node, Random random) {
    return node.holding(
        switch (node.body()) {
          case Node.Body.Octets(Bytes bytes) -> new Node.Body.Octets(contents(node, bytes, random));
          case Node.Body.Nodes _ when this == EMPTY -> new Node.Body.Octets(Bytes.EMPTY);
          case Node.Body.Nodes inner ->
              new Node.Body.Nodes(
                  inner.prefix().isEmpty() ? Bytes.EMPTY : contents(node, inner.prefix(), random),
                  inner.nodes());
          case Node.Body.Computed same when this == OID || this == NUMBER -> same;
          case Node.Body.Computed(Function<Encoding, Bytes> from) -> {
            long seed = random.nextLong();
            yield new Node.Body.Computed(all -> contents(node, from.apply(all), new Random(seed)));
          }
        });
  }

  private Bytes contents(Node node, Bytes bytes, Random random) {
    return switch (this) {
      case BIT -> RsaFlaw.flipped(bytes, random, 0);
      case CUT -> bytes.slice(0, Math.max(0, bytes.size() - 1 - random.nextInt(2)));
      case EXTEND -> Bytes.concat(bytes, Bytes.of((byte) random.nextInt(256)));
      case STRETCH -> Bytes.concat(bytes, Bytes.owning(new byte[1 + random.nextInt(3000)]));
      case EMPTY -> Bytes.EMPTY;
      case LEADING_ZERO -> Bytes.concat(Bytes.of((byte) 0), bytes);
      case OID -> node.tag() == Der.OID ? oid(bytes, random) : bytes;
      case NUMBER -> node.tag() == Der.INTEGER ? number(random) : bytes;
      default -> throw new AssertionError(this);
    };
  }

  private static Bytes oid(Bytes bytes, Random random) {
    return random.nextInt(3) == 0 ? OidMaker.odd(bytes, random) : OidMaker.contents(random);
  }

  private static Bytes number(Random random) {
    byte[] value = new byte[random.nextInt(4)];
    IntStream.range(0, value.length).forEach(i -> value[i] = (byte) (random.nextInt(8) - 2));
    return Bytes.owning(value);
  }
}
