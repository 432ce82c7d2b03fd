// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.bpfseal.verifier.bytes.Bytes;

/** Makes certificates: mostly usual ones, each part odd now and then. */
final class CertificateMaker {
  private static final int ODD = 80;
  private static final Node SKID = Der.oid("2.5.29.14");
  private static final String[] OTHER_EXTENSIONS = {
    "2.5.29.17", "2.5.29.37", "2.5.29.30", "1.2.3.4"
  };

  private final Random random;
  private final boolean calm;
  private int made;

  /**
   * A maker.
   *
   * @param calm whether only what names issuers is odd, so that chains and trust decide
   */
  CertificateMaker(Random random, boolean calm) {
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

  /** Signed by its own key. */
  Certificate selfSigned(LabKey key) {
    Node name = NameMaker.name(random);
    Node serial = serial();
    Bytes skid = skid(key);
    return make(key, key, name, name, serial, skid, authority(skid, name, serial, 5));
  }

  /** Signed by another. */
  Certificate issuedBy(Certificate issuer, LabKey key) {
    Node subject = random.nextInt(25) == 0 ? issuer.subject() : NameMaker.name(random);
    Node issuerName = odd() ? NameMaker.name(random) : issuer.subject();
    List<Node> authority = authority(issuer.skid(), issuer.issuer(), issuer.serial(), 12);
    return make(key, issuer.key(), subject, issuerName, serial(), skid(key), authority);
  }

  private Certificate make(
      LabKey key,
      LabKey signer,
      Node subject,
      Node issuer,
      Node serial,
      Bytes skid,
      List<Node> authority) {
    Hash hash = signer instanceof GostKey gost && !odd() ? gost.ownHash() : Hash.any(random);
    String label = "tbs:" + made++;
    Node algorithm = odd() ? signer.messageAlgorithm(hash) : signer.certificateAlgorithm(hash);
    List<Node> tbs = new ArrayList<>();
    if (!odd()) {
      tbs.add(Der.context(0, Der.integer(odd() ? random.nextInt(12) - 1 : 2)));
    }
    tbs.addAll(List.of(serial, algorithm, issuer, validity(), subject, publicKey(key)));
    if (!odd()) {
      tbs.add(Der.context(3, Der.sequence(extensions(skid, authority))));
    }
    boolean flawed = !calm && random.nextInt(signer instanceof RsaKey ? 25 : 8) == 0;
    long flaw = flawed ? random.nextLong() : 0;
    Node signature =
        Node.of(
            Der.BIT_STRING,
            all -> Bytes.concat(Bytes.of((byte) 0), signer.sign(hash, all.element(label), flaw)));
    Node outer = odd() ? key.certificateAlgorithm(Hash.any(random)) : algorithm;
    Node tree = Der.sequence(Der.sequence(tbs).labelled(label), outer, signature);
    return new Certificate(tree, key, subject, issuer, serial, skid);
  }

  private Node publicKey(LabKey key) {
    return key instanceof EcKey ec && random.nextInt(20) == 0
        ? ec.wrongPublicKey(random)
        : key.publicKey();
  }

  private Node serial() {
    if (!odd()) {
      return Der.integer(new BigInteger(63, random));
    }
    byte[] octets = new byte[random.nextInt(4) == 0 ? 60 : random.nextInt(22)];
    random.nextBytes(octets);
    return Node.of(Der.INTEGER, Bytes.owning(octets));
  }

  private Bytes skid(LabKey key) {
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

  private Node validity() {
    String begin = random.nextInt(8) == 0 ? "300101000000Z" : "200101000000Z";
    String end = random.nextInt(8) == 0 ? "220101000000Z" : "350101000000Z";
    Node first = Der.text(Der.UTC_TIME, begin);
    if (odd()) {
      return Der.sequence(first);
    }
    Node last =
        odd() ? Der.text(Der.GENERALIZED_TIME, "99991231235959Z") : Der.text(Der.UTC_TIME, end);
    return Der.sequence(first, last);
  }

  private List<Node> extensions(Bytes skid, List<Node> authority) {
    List<Node> all = new ArrayList<>();
    if (!skid.isEmpty()) {
      all.add(extension("2.5.29.14", Der.octets(skid)));
    }
    if (!authority.isEmpty()) {
      all.add(extension("2.5.29.35", Der.sequence(authority)));
    }
    if (random.nextInt(3) != 0) {
      all.add(extension("2.5.29.19", basicConstraints()));
    }
    if (random.nextInt(3) == 0) {
      all.add(extension("2.5.29.15", keyUsage()));
    }
    if (random.nextInt(8) == 0) {
      String oid = OTHER_EXTENSIONS[random.nextInt(OTHER_EXTENSIONS.length)];
      all.add(extension(oid, Der.sequence(Der.oid("1.2.3"))));
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

  private Node extension(String oid, Node value) {
    return random.nextInt(6) == 0
        ? Der.sequence(
            Der.oid(oid),
            Node.of(Der.BOOLEAN, Bytes.of((byte) (random.nextInt(3) - 1))),
            Der.octets(value))
        : Der.sequence(Der.oid(oid), Der.octets(value));
  }

  private Node basicConstraints() {
    Node yes = Node.of(Der.BOOLEAN, Bytes.of((byte) 0xff));
    return switch (odd() ? random.nextInt(6) : random.nextInt(3)) {
      case 0 -> Der.sequence();
      case 1 -> Der.sequence(yes);
      case 2 -> Der.sequence(yes, Der.integer(random.nextInt(3)));
      case 3 -> Der.sequence(Node.of(Der.BOOLEAN, Bytes.of((byte) random.nextInt(2))));
      case 4 -> Der.sequence(Der.integer(0));
      default -> Der.sequence(yes, Der.integer(0), Der.nothing());
    };
  }

  private Node keyUsage() {
    byte[] bits = new byte[random.nextInt(8) == 0 ? 3 : 2];
    random.nextBytes(bits);
    bits[0] = (byte) (odd() ? random.nextInt(10) : random.nextInt(8));
    return Node.of(Der.BIT_STRING, Bytes.owning(bits));
  }

  /** The same certificate with another subject key identifier or without. */
  Certificate twin(Certificate certificate) {
    Node tree = certificate.tree();
    for (int i = 0; i < tree.count(); i++) {
      List<Node> parts = tree.at(i).nodes();
      if (!parts.isEmpty() && parts.getFirst().equals(SKID)) {
        byte[] other = new byte[20];
        random.nextBytes(other);
        List<Node> instead =
            random.nextBoolean()
                ? List.of()
                : List.of(extension("2.5.29.14", Der.octets(Bytes.owning(other))));
        return certificate.withTree(tree.replaced(i, instead));
      }
    }
    return certificate;
  }

  /** Contents of an authority key identifier; none for no extension. */
  private List<Node> authority(Bytes skid, Node name, Node serial, int rarely) {
    List<Node> parts = new ArrayList<>();
    int form = random.nextInt(rarely);
    boolean byKey = form == 0 || form > 2;
    boolean byIssuer = form == 1 || (form > 2 && random.nextInt(calm ? 2 : 3) == 0);
    if (byKey && (!skid.isEmpty() || odd())) {
      parts.add(Der.context(0, strange() ? RsaFlaw.flipped(skid, random, 0) : skid));
    }
    if (byIssuer) {
      List<Node> names =
          new ArrayList<>(List.of(Der.context(4, odd() ? NameMaker.name(random) : name)));
      if (odd()) {
        names.add(random.nextInt(2), Der.context(2, Bytes.utf8("issuer.example")));
      }
      parts.add(Node.of(0xa1, names));
      Bytes number = ((Node.Body.Octets) serial.body()).bytes();
      parts.add(Der.context(2, strange() ? Bytes.concat(Bytes.of((byte) 0), number) : number));
    }
    return parts;
  }
}
