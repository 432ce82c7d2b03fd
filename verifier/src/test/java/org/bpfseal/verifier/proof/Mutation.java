// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
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
  TIME;

  private static final List<Mutation> ALL = List.of(values());

  private static final List<Integer> TAGS =
      List.of(
          0, 1, 2, 3, 4, 5, 6, 0x0c, 0x10, 0x11, 0x13, 0x16, 0x17, 0x18, 0x1f, 0x24, 0x30, 0x31,
          0x3f, 0x80, 0x81, 0x82, 0x83, 0xa0, 0xa1, 0xa2, 0xa3, 0xa4);

  private static final List<String> TIMES =
      List.of(
          "700101000000Z",
          "691231235959Z",
          "491231235959Z",
          "240229000000Z",
          "230229000000Z",
          "250101240000Z",
          "250101240001Z",
          "250101235960Z",
          "250101236000Z",
          "250100000000Z",
          "251301000000Z",
          "250432000000Z",
          "250430000000Z",
          "2501010000Z",
          "250101000000+0000",
          "20500101000000Z",
          "20491231235959Z",
          "20260101000000Z",
          "99991231235959Z",
          "19491231235959Z",
          "21000229000000Z",
          "20600229000000Z",
          "20600101000000.5Z");

  private static final List<String> OIDS =
      Stream.concat(
              Hash.ALL.stream().flatMap(hash -> Stream.of(hash.oid, hash.rsaOid, hash.ecdsaOid)),
              Stream.of(
                  "1.2.840.113549.1.1.1",
                  "1.2.840.113549.1.1.10",
                  "1.2.840.10045.2.1",
                  "1.3.101.112",
                  "1.2.840.113549.1.7.1",
                  "1.2.840.113549.1.7.2",
                  "1.2.840.113549.1.7.3",
                  "1.3.6.1.4.1.311.2.1.4",
                  "1.2.840.113549.1.9.3",
                  "1.2.840.113549.1.9.4",
                  "1.2.840.113549.1.9.5",
                  "1.2.840.113549.1.9.15",
                  "1.3.6.1.4.1.311.2.1.11",
                  "1.3.6.1.4.1.311.2.1.12",
                  "1.2.840.10045.3.1.1",
                  "1.2.840.10045.3.1.7",
                  "1.3.132.0.34",
                  "1.3.132.0.35",
                  "1.3.132.0.10",
                  "2.5.29.14",
                  "2.5.29.15",
                  "2.5.29.19",
                  "2.5.29.35",
                  "2.5.29.17",
                  "2.5.4.3",
                  "2.5.4.10",
                  "1.2.840.113549.1.9.1",
                  "2.5.4.6",
                  "1.2.643.7.1.1.1.1",
                  "1.2.643.7.1.1.1.2",
                  "2.16.840.1.101.3.4.3.17",
                  "2.16.840.1.101.3.4.3.18"))
          .distinct()
          .toList();

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
      case LONG_LENGTH -> List.of(node.sized(new Node.Length.LongForm(1 + random.nextInt(3))));
      case WRONG_LENGTH -> List.of(node.sized(new Node.Length.Off(wrong(random))));
      case INDEFINITE -> List.of(node.sized(new Node.Length.Indefinite()));
      case BIT, CUT, EXTEND, EMPTY, LEADING_ZERO, NUMBER, TIME, OID ->
          List.of(contents(node, random));
      case INSERT -> inserted(node, random);
      case GRAFT -> List.of(tree.at(random.nextInt(tree.count())));
      case WRAP -> List.of(Node.of(0xa0 | random.nextInt(2), List.of(node)));
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

  private Node contents(Node node, Random random) {
    if (!(node.body() instanceof Node.Body.Octets(Bytes bytes))) {
      return this == EMPTY ? node.holding(new Node.Body.Octets(Bytes.EMPTY)) : node;
    }
    boolean isTime = node.tag() == Der.UTC_TIME || node.tag() == Der.GENERALIZED_TIME;
    Bytes changed =
        switch (this) {
          case BIT -> RsaFlaw.flipped(bytes, random, 0);
          case CUT -> bytes.slice(0, Math.max(0, bytes.size() - 1 - random.nextInt(2)));
          case EXTEND -> Bytes.concat(bytes, Bytes.of((byte) random.nextInt(256)));
          case EMPTY -> Bytes.EMPTY;
          case LEADING_ZERO -> Bytes.concat(Bytes.of((byte) 0), bytes);
          case OID -> node.tag() == Der.OID ? oid(random) : bytes;
          case NUMBER -> node.tag() == Der.INTEGER ? number(random) : bytes;
          case TIME -> isTime ? Bytes.utf8(pick(TIMES, random)) : bytes;
          default -> throw new AssertionError(this);
        };
    return node.holding(new Node.Body.Octets(changed));
  }

  private static Bytes oid(Random random) {
    return ((Node.Body.Octets) Der.oid(pick(OIDS, random)).body()).bytes();
  }

  private static Bytes number(Random random) {
    byte[] value = new byte[random.nextInt(4)];
    IntStream.range(0, value.length).forEach(i -> value[i] = (byte) (random.nextInt(8) - 2));
    return Bytes.owning(value);
  }
}
