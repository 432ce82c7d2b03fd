// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * A usual CMS message, to be changed in one respect: detached, one signer, named by SKID, SHA-256,
 * without attributes and certificates.
 *
 * @param inside elements of the certificates' set
 * @param changed what is done to the SEQUENCE SignedData at last
 */
record MessageRecipe(
    Bytes content,
    List<Signer> signers,
    List<Node> inside,
    boolean attached,
    UnaryOperator<List<Node>> changed) {

  /**
   * One SignerInfo.
   *
   * @param algorithm of the signature
   * @param attributes signed attributes; none for a signature over the content itself
   */
  record Signer(
      Certificate certificate, Hash hash, boolean bySkid, Node algorithm, List<Node> attributes) {
    static Signer of(Certificate certificate) {
      return new Signer(
          certificate,
          Hash.SHA256,
          true,
          certificate.key().messageAlgorithm(Hash.SHA256),
          List.of());
    }

    Signer byIssuer() {
      return new Signer(certificate, hash, false, algorithm, attributes);
    }

    Signer hash(Hash other) {
      return new Signer(
          certificate, other, bySkid, certificate.key().messageAlgorithm(other), attributes);
    }

    Signer algorithm(Node other) {
      return new Signer(certificate, hash, bySkid, other, attributes);
    }

    Signer attributes(Node... some) {
      return new Signer(certificate, hash, bySkid, algorithm, List.of(some));
    }
  }

  static MessageRecipe of(Bytes content, Signer... signers) {
    return new MessageRecipe(content, List.of(signers), List.of(), false, UnaryOperator.identity());
  }

  MessageRecipe inside(Node... some) {
    return new MessageRecipe(content, signers, List.of(some), attached, changed);
  }

  MessageRecipe carryingContent() {
    return new MessageRecipe(content, signers, inside, true, changed);
  }

  MessageRecipe changed(UnaryOperator<List<Node>> change) {
    return new MessageRecipe(content, signers, inside, attached, change);
  }

  static Node contentType() {
    return attribute("1.2.840.113549.1.9.3", Der.oid("1.2.840.113549.1.7.1"));
  }

  static Node messageDigest(Bytes content) {
    return attribute("1.2.840.113549.1.9.4", Der.octets(Hash.SHA256.of(content)));
  }

  static Node attribute(String type, Node value) {
    return Der.sequence(Der.oid(type), Der.set(value));
  }

  Node tree() {
    List<Node> infos = new ArrayList<>();
    signers.forEach(signer -> infos.add(info(signer, infos.size())));
    List<Node> parts = new ArrayList<>();
    parts.add(Der.integer(signers.stream().anyMatch(Signer::bySkid) ? 3 : 1));
    parts.add(
        Node.of(
            Der.SET,
            signers.stream()
                .map(Signer::hash)
                .distinct()
                .map(hash -> Der.algorithmWithNull(hash.oid))
                .toList()));
    Node type = Der.oid("1.2.840.113549.1.7.1");
    parts.add(
        attached ? Der.sequence(type, Der.context(0, Der.octets(content))) : Der.sequence(type));
    if (!inside.isEmpty()) {
      parts.add(Node.of(0xa0, inside));
    }
    parts.add(Node.of(Der.SET, infos));
    return Der.sequence(
        Der.oid("1.2.840.113549.1.7.2"), Der.context(0, Der.sequence(changed.apply(parts))));
  }

  Bytes make() {
    return Encoding.of(tree());
  }

  private Node info(Signer signer, int number) {
    Certificate certificate = signer.certificate();
    String label = "attributes:" + number;
    List<Node> parts = new ArrayList<>();
    parts.add(Der.integer(signer.bySkid() ? 3 : 1));
    parts.add(
        signer.bySkid()
            ? Der.context(0, certificate.skid())
            : Der.sequence(certificate.issuer(), certificate.serial()));
    parts.add(Der.algorithmWithNull(signer.hash().oid));
    if (!signer.attributes().isEmpty()) {
      parts.add(Node.of(0xa0, signer.attributes()).labelled(label));
    }
    parts.add(signer.algorithm());
    parts.add(
        Node.of(
            Der.OCTET_STRING, all -> certificate.key().sign(signer.hash(), signed(all, label), 0)));
    return Der.sequence(parts);
  }

  private Bytes signed(Encoding all, String label) {
    return all.has(label)
        ? Bytes.concat(Bytes.of((byte) Der.SET), all.element(label).from(1))
        : content;
  }
}
