// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bpfseal.verifier.bytes.Bytes;

/** Makes certificates: mostly usual ones, each part odd now and then. */
final class CertificateMaker {
  private static final int ODD = 80;
  private static final Node SKID = Der.oid("2.5.29.14");
  private final Random random;
  private final boolean calm;
  private final ExtensionMaker extensions;
  private int made;

  /**
   * A maker.
   *
   * @param calm whether only what names issuers is odd, so that chains and trust decide
   */
  CertificateMaker(Random random, boolean calm) {
    this.random = random;
    this.calm = calm;
    this.extensions = new ExtensionMaker(random, calm);
  }

  private boolean odd() {
    return !calm && random.nextInt(ODD) == 0;
  }

  private boolean often() {
    return !calm && random.nextInt(25) == 0;
  }

  /** Another key under the same name and identifiers: in a keyring one displaces the other. */
  Certificate displacing(Certificate other, LabKey key) {
    List<Node> authority = extensions.authority(other.skid(), other.issuer(), other.serial(), 5);
    return make(key, key, other.subject(), other.issuer(), other.serial(), other.skid(), authority);
  }

  /** The same name and key, certified once more: another serial number, perhaps another issuer. */
  Certificate renewed(Certificate other, Certificate issuer) {
    List<Node> authority =
        extensions.authority(issuer.skid(), issuer.issuer(), issuer.serial(), 12);
    return make(
        other.key(),
        issuer.key(),
        other.subject(),
        issuer.subject(),
        extensions.serial(),
        other.skid(),
        authority);
  }

  /** Signed by its own key. */
  Certificate selfSigned(LabKey key) {
    Node name = NameMaker.name(random);
    Node serial = extensions.serial();
    Bytes skid = extensions.skid(key);
    return make(key, key, name, name, serial, skid, extensions.authority(skid, name, serial, 5));
  }

  /** Signed by another. */
  Certificate issuedBy(Certificate issuer, LabKey key) {
    Node subject = random.nextInt(25) == 0 ? issuer.subject() : NameMaker.name(random);
    Node issuerName = odd() ? NameMaker.name(random) : issuer.subject();
    List<Node> authority =
        extensions.authority(issuer.skid(), issuer.issuer(), issuer.serial(), 12);
    Node serial = extensions.serial();
    return make(key, issuer.key(), subject, issuerName, serial, extensions.skid(key), authority);
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
    for (int number = 1; number <= 2; number++) {
      if (odd()) {
        tbs.add(Der.context(number, Bytes.owning(new byte[random.nextInt(20)])));
      }
    }
    if (!odd()) {
      tbs.add(Der.context(3, Der.sequence(extensions.extensions(skid, authority))));
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

  private Node validity() {
    String begin = random.nextInt(8) == 0 ? "300101000000Z" : "200101000000Z";
    String end = random.nextInt(8) == 0 ? "220101000000Z" : "350101000000Z";
    Node first = often() ? TimeMaker.time(random) : Der.text(Der.UTC_TIME, begin);
    if (odd()) {
      return Der.sequence(first);
    }
    Node last = often() ? TimeMaker.time(random) : Der.text(Der.UTC_TIME, end);
    return Der.sequence(first, last);
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
                : List.of(extensions.extension("2.5.29.14", Der.octets(Bytes.owning(other))));
        return certificate.withTree(tree.replaced(i, instead));
      }
    }
    return certificate;
  }
}
