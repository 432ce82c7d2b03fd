// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import static org.bpfseal.verifier.proof.CertificateRecipe.extension;
import static org.bpfseal.verifier.proof.Difference.CONTENT;
import static org.bpfseal.verifier.proof.MessageRecipe.attribute;
import static org.bpfseal.verifier.proof.MessageRecipe.contentType;
import static org.bpfseal.verifier.proof.MessageRecipe.messageDigest;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bpfseal.verifier.bytes.Bytes;

/** The recipes: each is a usual message and keyring with one thing changed. */
final class Differences {
  private static final KeyPool KEYS = new KeyPool(20260101, false);
  private static final LabKey RSA = KEYS.key("rsa 2048 0");
  private static final LabKey OTHER_RSA = KEYS.key("rsa 2048 1");
  private static final LabKey EC = KEYS.key("ec secp256r1 0");
  private static final Certificate ROOT = CertificateRecipe.root(RSA).make();
  private static final CertificateRecipe LEAF = CertificateRecipe.issuedBy(ROOT, OTHER_RSA);

  private Differences() {}

  static List<Difference> all() {
    return Stream.of(stricter(), laxer()).flatMap(List::stream).toList();
  }

  private static Difference of(
      String name, String why, Certificate trusted, MessageRecipe message) {
    return of(name, why, trusted, message.make());
  }

  private static Difference of(String name, String why, Certificate trusted, Bytes message) {
    return new Difference(name, why, List.of(trusted.der()), message);
  }

  private static MessageRecipe by(Certificate signer) {
    return MessageRecipe.of(CONTENT, MessageRecipe.Signer.of(signer));
  }

  private static MessageRecipe by(MessageRecipe.Signer... signers) {
    return MessageRecipe.of(CONTENT, signers);
  }

  private static MessageRecipe.Signer signer(Certificate certificate) {
    return MessageRecipe.Signer.of(certificate);
  }

  private static Certificate root(String key) {
    return CertificateRecipe.root(KEYS.key(key)).make();
  }

  /** A self-signed certificate with one thing changed, and its usual message. */
  private static Difference signedBy(String name, String why, CertificateRecipe recipe) {
    Certificate certificate = recipe.make();
    return of(name, why, certificate, by(certificate));
  }

  /** What libraries accept and the kernel refuses. */
  private static List<Difference> stricter() {
    List<Difference> all = new ArrayList<>();
    all.addAll(stricterMessages());
    all.addAll(stricterCertificates());
    return all;
  }

  private static List<Difference> stricterMessages() {
    MessageRecipe.Signer usual = signer(ROOT);
    Certificate stranger = CertificateRecipe.root(KEYS.key("ed25519 0")).make();
    Certificate leaf = LEAF.make();
    Certificate nameless = LEAF.extensions(extension("2.5.29.14", Der.octets(leaf.skid()))).make();
    return List.of(
        of(
            "hash-in-rsa-algorithm",
            "the SignerInfo says sha256WithRSAEncryption, not rsaEncryption",
            ROOT,
            by(usual.algorithm(Der.algorithmWithNull(Hash.SHA256.rsaOid)))),
        of(
            "smime-capabilities",
            "openssl's default attribute",
            ROOT,
            by(
                usual.attributes(
                    attribute("1.2.840.113549.1.9.15", Der.sequence()),
                    contentType(),
                    messageDigest(CONTENT)))),
        of("content-inside", "a detached signature is expected", ROOT, by(ROOT).carryingContent()),
        of(
            "ed25519-certificate-inside",
            "an unrelated certificate of an unknown algorithm rides along",
            ROOT,
            by(ROOT).inside(stranger.tree())),
        of("crl-inside", "a CRL rides along", ROOT, by(ROOT).changed(Differences::withCrl)),
        of(
            "three-length-octets",
            "a length is written in three octets",
            ROOT,
            Encoding.of(by(ROOT).tree().sized(new Node.Length.LongForm(3)))),
        of(
            "longer-than-8192",
            "a load takes 8192 bytes of signature",
            ROOT,
            by(ROOT)
                .changed(parts -> withUnsigned(parts, Der.octets(Bytes.owning(new byte[8192]))))),
        of(
            "constructed-signature",
            "the signature's OCTET STRING is in pieces",
            ROOT,
            inPieces(by(ROOT).tree())),
        of(
            "attributes-of-one-signer",
            "one of two signers has signed attributes",
            ROOT,
            by(usual, usual.attributes(contentType(), messageDigest(CONTENT)))),
        of(
            "two-kinds-of-signer-id",
            "one signer is named by SKID, one by issuer and serial number",
            ROOT,
            by(usual, usual.byIssuer())),
        of(
            "leaf-by-skid",
            "the signer's certificate is inside, but only a signer named by issuer is looked up there",
            ROOT,
            by(signer(leaf)).inside(leaf.tree())),
        of(
            "issuer-by-name-only",
            "the leaf has no authority key identifier",
            ROOT,
            by(signer(nameless).byIssuer()).inside(nameless.tree())));
  }

  private static List<Difference> stricterCertificates() {
    Certificate brainpool = root("ec brainpoolP256r1 0");
    return List.of(
        of("brainpool", "a curve that the kernel doesn't have", brainpool, by(brainpool)),
        signedBy(
            "rsa-2560",
            "a modulus between the sizes that the kernel takes",
            CertificateRecipe.root(KEYS.key("rsa 2560 0"))),
        signedBy(
            "ca-false",
            "basicConstraints says FALSE at length",
            CertificateRecipe.root(RSA)
                .extending(
                    extension(
                        "2.5.29.19", Der.sequence(Node.of(Der.BOOLEAN, Bytes.of((byte) 0)))))),
        signedBy(
            "year-2030-in-four-digits",
            "GeneralizedTime before 2050",
            CertificateRecipe.root(RSA)
                .validity(
                    Der.sequence(
                        Der.text(Der.UTC_TIME, "200101000000Z"),
                        Der.text(Der.GENERALIZED_TIME, "20300101000000Z")))),
        signedBy(
            "no-subject",
            "subject and issuer are empty",
            CertificateRecipe.root(RSA).subject(Der.sequence())),
        signedBy(
            "compressed-point",
            "the elliptic key has only half of its point",
            CertificateRecipe.root(EC).publicKey(((EcKey) EC).compressedPublicKey())));
  }

  /** What the kernel accepts and libraries refuse, by design: it has no clock and no policy. */
  private static List<Difference> laxer() {
    List<Difference> all = new ArrayList<>();
    all.addAll(laxerMessages());
    all.addAll(laxerCertificates());
    return all;
  }

  private static List<Difference> laxerMessages() {
    MessageRecipe.Signer usual = signer(ROOT);
    Certificate unknown = LEAF.make();
    return List.of(
        of(
            "bytes-behind",
            "bytes follow the message",
            ROOT,
            Bytes.concat(by(ROOT).make(), Bytes.of((byte) 1, (byte) 2))),
        of(
            "attributes-out-of-order",
            "signed attributes are not in DER order, and signed as they stand",
            ROOT,
            by(usual.attributes(messageDigest(CONTENT), contentType()))),
        of(
            "digest-not-announced",
            "digestAlgorithms names another algorithm",
            ROOT,
            by(ROOT).changed(parts -> replaced(parts, 1, Der.set(Der.algorithm(Hash.SHA512.oid))))),
        of(
            "second-signer-unknown",
            "one of two signers is enough",
            ROOT,
            by(usual, signer(unknown))),
        of(
            "sequence-for-set",
            "signerInfos is a SEQUENCE",
            ROOT,
            by(ROOT).changed(parts -> replaced(parts, 3, parts.getLast().tagged(Der.SEQUENCE)))));
  }

  private static List<Difference> laxerCertificates() {
    Certificate end =
        CertificateRecipe.root(RSA).extending(extension("2.5.29.19", Der.sequence())).make();
    Certificate leaf = CertificateRecipe.issuedBy(end, OTHER_RSA).make();
    return List.of(
        signedBy(
            "expired",
            "the certificate ended in 2021",
            CertificateRecipe.root(RSA)
                .validity(CertificateRecipe.validity("200101000000Z", "210101000000Z"))),
        of(
            "issuer-is-no-ca",
            "the issuer may sign no certificates",
            end,
            by(signer(leaf).byIssuer()).inside(leaf.tree())),
        signedBy(
            "unknown-critical-extension",
            "a critical extension that nobody knows",
            CertificateRecipe.root(RSA)
                .extending(
                    Der.sequence(
                        Der.oid("1.2.3.4"),
                        Node.of(Der.BOOLEAN, Bytes.of((byte) 0xff)),
                        Der.octets(Der.nothing())))));
  }

  private static List<Node> replaced(List<Node> parts, int index, Node other) {
    List<Node> copy = new ArrayList<>(parts);
    copy.set(index, other);
    return copy;
  }

  private static List<Node> withUnsigned(List<Node> parts, Node value) {
    Node info = parts.getLast().nodes().getFirst();
    List<Node> longer = new ArrayList<>(info.nodes());
    longer.add(Der.context(1, attribute("1.2.3.4.5", value)));
    return replaced(parts, parts.size() - 1, Der.set(info.with(longer)));
  }

  private static List<Node> withCrl(List<Node> parts) {
    Node algorithm = RSA.certificateAlgorithm(Hash.SHA256);
    Node list =
        Der.sequence(
                Der.integer(1),
                algorithm,
                ROOT.subject(),
                Der.text(Der.UTC_TIME, "200101000000Z"),
                Der.text(Der.UTC_TIME, "491231235959Z"))
            .labelled("crl");
    Node signature =
        Node.of(
            Der.BIT_STRING,
            all -> Bytes.concat(Bytes.of((byte) 0), RSA.sign(Hash.SHA256, all.element("crl"), 0)));
    List<Node> copy = new ArrayList<>(parts);
    copy.add(copy.size() - 1, Der.context(1, Der.sequence(list, algorithm, signature)));
    return copy;
  }

  /** With the SignerInfo's signature, the last element of all, as two OCTET STRINGs in one. */
  private static Bytes inPieces(Node tree) {
    Bytes signature = tree.at(tree.count() - 1).contents(new Encoding(tree));
    Node pieces =
        Node.of(
            Der.OCTET_STRING | 0x20,
            List.of(Der.octets(signature.slice(0, 100)), Der.octets(signature.from(100))));
    return Encoding.of(tree.replaced(tree.count() - 1, List.of(pieces)));
  }
}
