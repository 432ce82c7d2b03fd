// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bpfseal.verifier.bytes.Bytes;

/** Well-formed elements. */
final class Der {
  static final int BOOLEAN = 0x01;
  static final int INTEGER = 0x02;
  static final int BIT_STRING = 0x03;
  static final int OCTET_STRING = 0x04;
  static final int NULL = 0x05;
  static final int OID = 0x06;
  static final int UTF8_STRING = 0x0c;
  static final int PRINTABLE_STRING = 0x13;
  static final int UTC_TIME = 0x17;
  static final int GENERALIZED_TIME = 0x18;
  static final int SEQUENCE = 0x30;
  static final int SET = 0x31;

  private Der() {}

  static Node sequence(Node... nodes) {
    return Node.of(SEQUENCE, List.of(nodes));
  }

  static Node sequence(List<Node> nodes) {
    return Node.of(SEQUENCE, nodes);
  }

  static Node set(Node... nodes) {
    return Node.of(SET, List.of(nodes));
  }

  /** Constructed, context-specific. */
  static Node context(int number, Node... nodes) {
    return Node.of(0xa0 | number, List.of(nodes));
  }

  /** Primitive, context-specific. */
  static Node context(int number, Bytes contents) {
    return Node.of(0x80 | number, contents);
  }

  static Node integer(BigInteger value) {
    return Node.of(INTEGER, Bytes.owning(value.toByteArray()));
  }

  static Node integer(long value) {
    return integer(BigInteger.valueOf(value));
  }

  static Node nothing() {
    return Node.of(NULL, Bytes.EMPTY);
  }

  static Node octets(Bytes contents) {
    return Node.of(OCTET_STRING, contents);
  }

  /** An OCTET STRING around an element. */
  static Node octets(Node inner) {
    return Node.of(OCTET_STRING, List.of(inner));
  }

  static Node bits(Node inner) {
    return new Node(
        BIT_STRING, Node.SHORTEST, new Node.Body.Nodes(Bytes.of((byte) 0), List.of(inner)), "");
  }

  static Node bits(Bytes contents) {
    return Node.of(BIT_STRING, Bytes.concat(Bytes.of((byte) 0), contents));
  }

  static Node text(int tag, String text) {
    return Node.of(tag, Bytes.owning(text.getBytes(StandardCharsets.UTF_8)));
  }

  static Node oid(String dotted) {
    try {
      byte[] encoded = new ASN1ObjectIdentifier(dotted).getEncoded();
      return Node.of(OID, Bytes.owning(Arrays.copyOfRange(encoded, 2, encoded.length)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An AlgorithmIdentifier without parameters. */
  static Node algorithm(String dotted) {
    return sequence(oid(dotted));
  }

  /** An AlgorithmIdentifier with NULL parameters. */
  static Node algorithmWithNull(String dotted) {
    return sequence(oid(dotted), nothing());
  }
}
