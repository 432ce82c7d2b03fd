// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * A usual certificate, to be changed in one respect.
 *
 * @param issuer absent for one that signs itself
 * @param hash of its signature
 * @param extensions SEQUENCEs
 */
record CertificateRecipe(
    LabKey key,
    Optional<Certificate> issuer,
    Hash hash,
    Node subject,
    Node publicKey,
    Node validity,
    List<Node> extensions) {

  CertificateRecipe {
    extensions = List.copyOf(extensions);
  }

  /** Signs itself; with SKID and authority key identifier, a CA. */
  static CertificateRecipe root(LabKey key) {
    return recipe(key, "Example Root", Optional.empty(), skid(key));
  }

  /** Issued by another; no CA. */
  static CertificateRecipe issuedBy(Certificate issuer, LabKey key) {
    return recipe(key, "Example Signer", Optional.of(issuer), issuer.skid());
  }

  private static CertificateRecipe recipe(
      LabKey key, String name, Optional<Certificate> issuer, Bytes authority) {
    return new CertificateRecipe(
        key,
        issuer,
        Hash.SHA256,
        name(Der.UTF8_STRING, name),
        key.publicKey(),
        validity("200101000000Z", "491231235959Z"),
        List.of(
            extension("2.5.29.14", Der.octets(skid(key))),
            extension("2.5.29.35", Der.sequence(Der.context(0, authority))),
            extension(
                "2.5.29.19",
                issuer.isPresent()
                    ? Der.sequence()
                    : Der.sequence(Node.of(Der.BOOLEAN, Bytes.of((byte) 0xff))))));
  }

  static Bytes skid(LabKey key) {
    return Hash.SHA1.of(Encoding.of(key.publicKey()));
  }

  static Node name(int tag, String commonName) {
    return Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.3"), Der.text(tag, commonName))));
  }

  static Node validity(String begin, String end) {
    return Der.sequence(Der.text(Der.UTC_TIME, begin), Der.text(Der.UTC_TIME, end));
  }

  static Node extension(String oid, Node value) {
    return Der.sequence(Der.oid(oid), Der.octets(value));
  }

  CertificateRecipe subject(Node other) {
    return new CertificateRecipe(key, issuer, hash, other, publicKey, validity, extensions);
  }

  CertificateRecipe publicKey(Node other) {
    return new CertificateRecipe(key, issuer, hash, subject, other, validity, extensions);
  }

  CertificateRecipe validity(Node other) {
    return new CertificateRecipe(key, issuer, hash, subject, publicKey, other, extensions);
  }

  CertificateRecipe extensions(Node... others) {
    return new CertificateRecipe(key, issuer, hash, subject, publicKey, validity, List.of(others));
  }

  /** With the extension in the place of the one of the same type, or added. */
  CertificateRecipe extending(Node extension) {
    List<Node> all = new ArrayList<>(extensions);
    all.removeIf(each -> each.nodes().getFirst().equals(extension.nodes().getFirst()));
    all.add(extension);
    return extensions(all.toArray(Node[]::new));
  }

  Certificate make() {
    Node issuerName = issuer.map(Certificate::subject).orElse(subject);
    LabKey signer = issuer.map(Certificate::key).orElse(key);
    Node serial = Der.integer(issuer.isPresent() ? 4097 : 1);
    Node algorithm = signer.certificateAlgorithm(hash);
    String label = "tbs:" + Encoding.of(subject).toHex();
    Node tbs =
        Der.sequence(
                Der.context(0, Der.integer(2)),
                serial,
                algorithm,
                issuerName,
                validity,
                subject,
                publicKey,
                Der.context(3, Der.sequence(extensions)))
            .labelled(label);
    Node signature =
        Node.of(
            Der.BIT_STRING,
            all -> Bytes.concat(Bytes.of((byte) 0), signer.sign(hash, all.element(label), 0)));
    Node tree = Der.sequence(tbs, algorithm, signature);
    return new Certificate(tree, key, subject, issuerName, serial, skid(key));
  }
}
