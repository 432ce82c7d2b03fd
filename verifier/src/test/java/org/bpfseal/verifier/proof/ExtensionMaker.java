// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.bpfseal.verifier.bytes.Bytes;

/** Makes the extensions of certificates: mostly usual ones, each part odd now and then. */
final class ExtensionMaker {
  private static final int ODD = 80;

  /** Of certificates as CAs and OpenSSL write them; the kernel passes over all of them. */
  private static final String[] OTHERS = {
    "2.5.29.17",
    "2.5.29.18",
    "2.5.29.30",
    "2.5.29.31",
    "2.5.29.32",
    "2.5.29.37",
    "1.3.6.1.5.5.7.1.1",
    "2.16.840.1.113730.1.13",
    "1.2.3.4"
  };

  private final Random random;
  private final boolean calm;

  ExtensionMaker(Random random, boolean calm) {
    this.random = random;
    this.calm = calm;
  }

  private boolean odd() {
    return !calm && random.nextInt(ODD) == 0;
  }

  /** Where the interesting cases are: more often. */
  private boolean strange() {
    return random.nextInt(12) == 0;
  }

  /**
   * All extensions.
   *
   * @param authority contents of the authority key identifier; none for no extension
   */
  List<Node> extensions(Bytes skid, List<Node> authority) {
    List<Node> all = new ArrayList<>();
    if (!skid.isEmpty() || odd()) {
      all.add(extension("2.5.29.14", Der.octets(skid)));
    }
    if (!authority.isEmpty() || odd()) {
      all.add(extension("2.5.29.35", Der.sequence(authority)));
    }
    if (random.nextInt(3) != 0) {
      all.add(extension("2.5.29.19", basicConstraints()));
    }
    if (random.nextInt(3) == 0) {
      all.add(extension("2.5.29.15", keyUsage()));
    }
    while (random.nextInt(8) == 0) {
      all.add(extension(OTHERS[random.nextInt(OTHERS.length)], other()));
    }
    if (odd() && !all.isEmpty()) {
      all.add(all.get(random.nextInt(all.size())));
    }
    if (random.nextInt(4) == 0) {
      Collections.shuffle(all, random);
    }
    if (all.isEmpty()) {
      all.add(extension("1.2.3.4", Der.nothing()));
    }
    return all;
  }

  Node extension(String oid, Node value) {
    return random.nextInt(6) == 0
        ? Der.sequence(
            Der.oid(oid),
            Node.of(Der.BOOLEAN, Bytes.of((byte) (random.nextInt(3) - 1))),
            Der.octets(value))
        : Der.sequence(Der.oid(oid), Der.octets(value));
  }

  private Node other() {
    return switch (random.nextInt(4)) {
      case 0 -> AnyMaker.any(random);
      case 1 -> Der.octets(Bytes.owning(new byte[random.nextInt(2000)]));
      default -> Der.sequence(Der.oid("1.2.3"));
    };
  }

  private Node basicConstraints() {
    Node yes = Node.of(Der.BOOLEAN, Bytes.of((byte) 0xff));
    return switch (odd() ? random.nextInt(8) : random.nextInt(3)) {
      case 0 -> Der.sequence();
      case 1 -> Der.sequence(yes);
      case 2 -> Der.sequence(yes, Der.integer(random.nextInt(3)));
      case 3 -> Der.sequence(Node.of(Der.BOOLEAN, Bytes.of((byte) random.nextInt(2))));
      case 4 -> Der.sequence(Der.integer(0));
      case 5 -> Der.sequence(yes).sized(new Node.Length.LongForm(1));
      case 6 -> Der.sequence(yes, Node.of(Der.OCTET_STRING, Bytes.owning(new byte[130])));
      default -> Der.sequence(yes, Der.integer(0), Der.nothing());
    };
  }

  private Node keyUsage() {
    byte[] bits = new byte[odd() ? random.nextInt(5) : random.nextInt(8) == 0 ? 3 : 2];
    random.nextBytes(bits);
    if (bits.length > 0) {
      bits[0] = (byte) (odd() ? random.nextInt(10) : random.nextInt(8));
    }
    return Node.of(Der.BIT_STRING, Bytes.owning(bits));
  }

  /**
   * Contents of an authority key identifier; none for no extension.
   *
   * @param skid of the issuer
   * @param name of the issuer's issuer
   * @param serial of the issuer
   * @param rarely how many forms there are; the more, the more often both identifiers are there
   */
  List<Node> authority(Bytes skid, Node name, Node serial, int rarely) {
    List<Node> parts = new ArrayList<>();
    int form = random.nextInt(rarely);
    boolean byKey = form == 0 || form > 2;
    boolean byIssuer = form == 1 || (form > 2 && random.nextInt(calm ? 2 : 3) == 0);
    Bytes number = serial.body() instanceof Node.Body.Octets(Bytes octets) ? octets : Bytes.EMPTY;
    if (byKey && (!skid.isEmpty() || odd())) {
      parts.add(Der.context(0, keyId(skid, name, number)));
    }
    if (byIssuer) {
      parts.add(Node.of(0xa1, names(name)));
      parts.add(Der.context(2, strange() ? Bytes.concat(Bytes.of((byte) 0), number) : number));
    }
    return parts;
  }

  /**
   * Identifiers are octets to the kernel, whatever they are made of: one can be the other kind's.
   */
  private Bytes keyId(Bytes skid, Node name, Bytes serial) {
    if (!strange()) {
      return skid;
    }
    return random.nextInt(3) == 0
        ? Bytes.concat(serial, new Encoding(name).contentsOf(name))
        : RsaFlaw.flipped(skid, random, 0);
  }

  private List<Node> names(Node name) {
    List<Node> names =
        new ArrayList<>(List.of(Der.context(4, odd() ? NameMaker.name(random) : name)));
    if (odd()) {
      names.clear();
    }
    if (random.nextInt(calm ? 40 : 15) == 0) {
      names.add(random.nextInt(names.size() + 1), otherName(name));
    }
    return names;
  }

  private Node otherName(Node name) {
    Bytes text = Bytes.utf8("issuer.example");
    return switch (random.nextInt(8)) {
      case 0 -> Der.context(0, Der.oid("1.2.3"), Der.context(0, AnyMaker.any(random)));
      case 1 -> Der.context(3, AnyMaker.any(random));
      case 2 -> Der.context(4, random.nextBoolean() ? NameMaker.name(random) : name);
      case 3 -> Der.context(5, Der.context(1, AnyMaker.any(random)));
      case 4 -> Der.context(5, Der.context(0, Der.nothing()), Der.context(1, AnyMaker.any(random)));
      case 5 -> Der.context(9, text);
      default -> Der.context(new int[] {1, 2, 6, 7, 8}[random.nextInt(5)], text);
    };
  }

  /** A serial number; any octets are one. */
  Node serial() {
    if (!odd()) {
      return Der.integer(new BigInteger(63, random));
    }
    byte[] octets = new byte[random.nextInt(4) == 0 ? 60 : random.nextInt(22)];
    random.nextBytes(octets);
    return Node.of(Der.INTEGER, Bytes.owning(octets));
  }

  /** A subject key identifier; empty for none. */
  Bytes skid(LabKey key) {
    if (random.nextInt(12) == 0) {
      return Bytes.EMPTY;
    }
    Bytes usual = Hash.SHA1.of(Encoding.of(key.publicKey()));
    if (!odd()) {
      return usual;
    }
    int[] sizes = {1, 2, 8, 19, 64, 127, 128, 200, 255, 256};
    byte[] long20 = new byte[sizes[random.nextInt(sizes.length)]];
    random.nextBytes(long20);
    return Bytes.owning(long20);
  }
}
