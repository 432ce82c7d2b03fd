// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * A BER element that can be written wrongly in every way.
 *
 * @param tag its first octet, and further ones of a long tag, the last one lowest
 * @param label by which computed parts find it; empty for none
 */
record Node(int tag, Length length, Body body, String label) {

  /** How the length is written. */
  sealed interface Length {
    record Shortest() implements Length {}

    /** Long form with this number of octets. */
    record LongForm(int octets) implements Length {}

    /** The octet 0x80, and end-of-contents behind the contents. */
    record Indefinite() implements Length {}

    /** Shortest form of a length that is wrong by this much. */
    record Off(int by) implements Length {}
  }

  /** What the contents are. */
  sealed interface Body {
    record Octets(Bytes bytes) implements Body {}

    /** Elements behind a few octets such as the count of unused bits in a BIT STRING. */
    record Nodes(Bytes prefix, List<Node> nodes) implements Body {
      public Nodes {
        nodes = List.copyOf(nodes);
      }
    }

    /** Octets that follow from other elements, when all is written: digests and signatures. */
    record Computed(Function<Encoding, Bytes> from) implements Body {}
  }

  static final Length SHORTEST = new Length.Shortest();

  static Node of(int tag, Bytes contents) {
    return new Node(tag, SHORTEST, new Body.Octets(contents), "");
  }

  static Node of(int tag, List<Node> nodes) {
    return new Node(tag, SHORTEST, new Body.Nodes(Bytes.EMPTY, nodes), "");
  }

  static Node of(int tag, Function<Encoding, Bytes> contents) {
    return new Node(tag, SHORTEST, new Body.Computed(contents), "");
  }

  Node labelled(String name) {
    return new Node(tag, length, body, name);
  }

  Node tagged(int other) {
    return new Node(other, length, body, label);
  }

  Node sized(Length other) {
    return new Node(tag, other, body, label);
  }

  Node holding(Body other) {
    return new Node(tag, length, other, label);
  }

  Node holdingOctets(String hex) {
    return holding(new Body.Octets(Bytes.hex(hex)));
  }

  /** The elements inside. */
  List<Node> nodes() {
    return switch (body) {
      case Body.Nodes inner -> inner.nodes();
      case Body.Octets _, Body.Computed _ -> List.of();
    };
  }

  /** The same with these elements inside. */
  Node with(List<Node> nodes) {
    return switch (body) {
      case Body.Nodes inner -> holding(new Body.Nodes(inner.prefix(), nodes));
      case Body.Octets _, Body.Computed _ -> this;
    };
  }

  /** How many elements there are, this one included. */
  int count() {
    int count = 1;
    for (Node node : nodes()) {
      count += node.count();
    }
    return count;
  }

  /** The element of that number, in the order of the bytes. */
  Node at(int index) {
    int left = index;
    if (left == 0) {
      return this;
    }
    left--;
    for (Node node : nodes()) {
      int count = node.count();
      if (left < count) {
        return node.at(left);
      }
      left -= count;
    }
    throw new IndexOutOfBoundsException(index);
  }

  /** The same with other elements, or none, in the place of one inside; 0 would be this one. */
  Node replaced(int index, List<Node> others) {
    int left = index - 1;
    List<Node> changed = new ArrayList<>();
    for (Node node : nodes()) {
      int count = node.count();
      if (left == 0) {
        changed.addAll(others);
      } else {
        changed.add(left > 0 && left < count ? node.replaced(left, others) : node);
      }
      left -= count;
    }
    return with(changed);
  }

  /** The first element of that label. */
  Optional<Node> find(String name) {
    if (label.equals(name)) {
      return Optional.of(this);
    }
    return nodes().stream().flatMap(node -> node.find(name).stream()).findFirst();
  }

  /** The same with all computed parts as they are now, so that later changes leave them alone. */
  Node frozen(Encoding encoding) {
    return switch (body) {
      case Body.Nodes inner ->
          with(inner.nodes().stream().map(node -> node.frozen(encoding)).toList());
      case Body.Computed computed -> holding(new Body.Octets(computed.from().apply(encoding)));
      case Body.Octets _ -> this;
    };
  }

  /** Writes all but the end-of-contents, which isn't part of what is signed. */
  Bytes withoutEnd(Encoding encoding) {
    Bytes contents = contents(encoding);
    return Bytes.concat(header(contents.size()), contents);
  }

  void write(Encoding encoding, ByteArrayOutputStream out) {
    out.writeBytes(withoutEnd(encoding).toArray());
    if (length instanceof Length.Indefinite) {
      out.write(0);
      out.write(0);
    }
  }

  Bytes contents(Encoding encoding) {
    return switch (body) {
      case Body.Octets octets -> octets.bytes();
      case Body.Computed computed -> computed.from().apply(encoding);
      case Body.Nodes inner -> {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(inner.prefix().toArray());
        inner.nodes().forEach(node -> node.write(encoding, out));
        yield Bytes.owning(out.toByteArray());
      }
    };
  }

  private Bytes header(int size) {
    return switch (length) {
      case Length.Shortest _ -> shortest(size);
      case Length.Off off -> shortest(Math.max(0, size + off.by()));
      case Length.LongForm form -> longForm(size, form.octets());
      case Length.Indefinite _ -> Bytes.concat(tagOctets(), Bytes.of((byte) 0x80));
    };
  }

  private Bytes shortest(int size) {
    if (size < 0x80) {
      return Bytes.concat(tagOctets(), Bytes.of((byte) size));
    }
    return longForm(size, (39 - Integer.numberOfLeadingZeros(size)) / 8);
  }

  private Bytes longForm(int size, int octets) {
    byte[] length = new byte[1 + octets];
    length[0] = (byte) (0x80 | octets);
    for (int i = 0; i < octets && i < 4; i++) {
      length[octets - i] = (byte) (size >>> (8 * i));
    }
    return Bytes.concat(tagOctets(), Bytes.owning(length));
  }

  private Bytes tagOctets() {
    int count = Math.max(1, (39 - Integer.numberOfLeadingZeros(tag)) / 8);
    return RsaKey.octets(BigInteger.valueOf(Integer.toUnsignedLong(tag)), count);
  }
}
