// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import static org.bpfseal.verifier.proof.CheckLab.LEAF;
import static org.bpfseal.verifier.proof.CheckLab.PROGRAM;
import static org.bpfseal.verifier.proof.CheckLab.ROOT;
import static org.bpfseal.verifier.proof.CheckLab.by;
import static org.bpfseal.verifier.proof.CheckLab.part;
import static org.bpfseal.verifier.proof.CheckLab.replaced;
import static org.bpfseal.verifier.proof.CheckLab.signer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bpfseal.verifier.bytes.Bytes;

/** Parts of SignedData: pkcs7.asn1 and its actions. The keyring holds the signer's certificate. */
final class MessageRules {
  private static final String OK = "OK";
  private static final String BAD = "EBADMSG";
  private static final MessageRecipe USUAL = by(signer(ROOT));

  private MessageRules() {}

  static List<Ruled> all() {
    return Stream.of(outside(), versions(), digests(), content(), certificates(), crls(), lists())
        .flatMap(List::stream)
        .toList();
  }

  private static Ruled of(String rule, String word, UnaryOperator<List<Node>> change) {
    return of(rule, word, USUAL.changed(change));
  }

  private static Ruled of(String rule, String word, MessageRecipe message) {
    return of(rule, word, message.make());
  }

  private static Ruled of(String rule, String word, Bytes message) {
    return Ruled.message("message: " + rule, message, word, ROOT);
  }

  static UnaryOperator<List<Node>> inserted(int index, Node... others) {
    return parts -> {
      List<Node> changed = new ArrayList<>(parts);
      changed.addAll(index, List.of(others));
      return changed;
    };
  }

  private static UnaryOperator<List<Node>> without(int index) {
    return parts -> {
      List<Node> changed = new ArrayList<>(parts);
      changed.remove(index);
      return changed;
    };
  }

  private static List<Ruled> outside() {
    Node tree = USUAL.tree();
    Node other = Der.oid("1.2.840.113549.1.7.3");
    List<Node> more = new ArrayList<>(tree.nodes());
    more.add(Der.nothing());
    Bytes message = USUAL.make();
    Node data = tree.nodes().getLast();
    return List.of(
        of("as signed", OK, message),
        of("bytes behind", OK, Bytes.concat(message, Bytes.hex("aa"))),
        of("nothing", "EINVAL", Bytes.EMPTY),
        of("one byte short", BAD, message.slice(0, message.size() - 1)),
        of("8192 bytes", OK, padded(message, 8192)),
        of("8193 bytes", "EINVAL", padded(message, 8193)),
        of("enveloped data", "EINVAL", Encoding.of(tree.with(replaced(tree.nodes(), 0, other)))),
        of("type alone", "EINVAL", Encoding.of(Der.sequence(tree.nodes().getFirst()))),
        of("something behind the content", BAD, Encoding.of(tree.with(more))),
        of(
            "empty content",
            BAD,
            Encoding.of(tree.with(replaced(tree.nodes(), 1, data.with(List.of()))))),
        of("content is a SET", BAD, Encoding.of(tree.with(replaced(tree.nodes(), 1, asSet(data))))),
        of("two contents", BAD, Encoding.of(tree.with(replaced(tree.nodes(), 1, twice(data))))));
  }

  private static Node asSet(Node data) {
    return data.with(List.of(data.nodes().getFirst().tagged(Der.SET)));
  }

  private static Node twice(Node data) {
    return data.with(List.of(data.nodes().getFirst(), data.nodes().getFirst()));
  }

  private static Bytes padded(Bytes bytes, int size) {
    return Bytes.concat(bytes, Bytes.owning(new byte[size - bytes.size()]));
  }

  private static List<Ruled> versions() {
    List<Ruled> rows = new ArrayList<>();
    for (String hex : List.of("", "00", "02", "04", "05", "83", "0003", "0300", "0001")) {
      rows.add(
          of("version [" + hex + "]", "EINVAL", part(0, Node.of(Der.INTEGER, Bytes.hex(hex)))));
    }
    rows.add(of("version is another type", BAD, part(0, Der.octets(Bytes.hex("03")))));
    rows.add(of("no version", BAD, without(0)));
    return rows;
  }

  private static List<Ruled> digests() {
    Node unknown = Der.algorithm("1.2.3");
    Node sha256 = Der.algorithm(Hash.SHA256.oid);
    Node three = Der.sequence(Der.oid("1.2.3"), Der.nothing(), Der.nothing());
    return List.of(
        of("digests in a SEQUENCE", OK, part(1, Der.sequence(sha256))),
        of("no digest", BAD, part(1, Der.set())),
        of("no list of digests", BAD, without(1)),
        of("unknown digests", OK, part(1, Der.set(unknown, unknown))),
        of("digest without OID", BAD, part(1, Der.set(Der.sequence()))),
        of("digest of three", BAD, part(1, Der.set(three))),
        of("second digest is no algorithm", BAD, part(1, Der.set(sha256, Der.nothing()))),
        of("digests are something else", BAD, part(1, Der.octets(Bytes.EMPTY))));
  }

  private static List<Ruled> content() {
    Node data = Der.oid("1.2.840.113549.1.7.1");
    Node octets = Der.octets(PROGRAM);
    Node signed = Der.oid("1.2.840.113549.1.7.2");
    return List.of(
        of("content inside", BAD, part(2, Der.sequence(data, Der.context(0, octets)))),
        of("content of nothing", BAD, part(2, Der.sequence(data, Der.context(0)))),
        of("content of two", BAD, part(2, Der.sequence(data, Der.context(0, octets, octets)))),
        of("content of another type", "EINVAL", part(2, Der.sequence(signed))),
        of(
            "content of another type and two",
            BAD,
            part(2, Der.sequence(signed, Der.context(0, octets, octets)))),
        of("something behind the content's type", BAD, part(2, Der.sequence(data, octets))),
        of("no type of content", BAD, part(2, Der.sequence())),
        of("no content info", BAD, without(2)));
  }

  private static List<Ruled> certificates() {
    Node leaf = LEAF.tree();
    Node broken = Der.sequence(Der.nothing());
    return List.of(
        of("a certificate inside", OK, inserted(3, Node.of(0xa0, List.of(leaf)))),
        of("two certificates inside", OK, inserted(3, Node.of(0xa0, List.of(leaf, ROOT.tree())))),
        of("certificates as a SEQUENCE", OK, inserted(3, Node.of(0xa2, List.of(leaf, leaf)))),
        of("no certificate in a set", OK, inserted(3, Node.of(0xa0, List.of()))),
        of("no certificate in a SEQUENCE", BAD, inserted(3, Node.of(0xa2, List.of()))),
        of("certificates twice", BAD, inserted(3, Der.context(0, leaf), Der.context(0, leaf))),
        of("a broken certificate", BAD, inserted(3, Node.of(0xa0, List.of(broken)))),
        of("second certificate broken", BAD, inserted(3, Node.of(0xa0, List.of(leaf, broken)))),
        of("an attribute certificate", BAD, inserted(3, Der.context(0, Der.context(1, leaf)))),
        of("primitive tag", BAD, inserted(3, Der.context(0, leaf.tagged(0x10)))),
        of("ed25519", "ENOPKG", inserted(3, Der.context(0, foreign().tree()))),
        of("broken in a SEQUENCE", BAD, inserted(3, Node.of(0xa2, List.of(leaf, broken)))));
  }

  private static Certificate foreign() {
    return CertificateRecipe.root(CheckLab.KEYS.key("ed25519 0")).make();
  }

  private static List<Ruled> crls() {
    Node leaf = LEAF.tree();
    Node crl = Der.sequence(leaf);
    Node number = Der.sequence(Der.integer(1));
    MessageRecipe byLeaf = by(signer(LEAF).byIssuer());
    UnaryOperator<List<Node>> leafAsCrl = inserted(3, Der.context(1, crl));
    return List.of(
        of("certificate in a CRL", OK, inserted(3, Der.context(1, crl))),
        of("two of them", OK, inserted(3, Der.context(1, crl, Der.sequence(leaf, leaf)))),
        of("CRLs as a SEQUENCE", OK, inserted(3, Node.of(0xa3, List.of(crl)))),
        of("CRL of a number", BAD, inserted(3, Der.context(1, number))),
        of("second CRL of a number", BAD, inserted(3, Der.context(1, crl, number))),
        of(
            "second part a number",
            BAD,
            inserted(3, Der.context(1, Der.sequence(leaf, Der.integer(1))))),
        of("empty CRL", BAD, inserted(3, Der.context(1, Der.sequence()))),
        of("no CRL", BAD, inserted(3, Node.of(0xa1, List.of()))),
        of("no CRL in a SEQUENCE", BAD, inserted(3, Node.of(0xa3, List.of()))),
        of("CRL is a SET", BAD, inserted(3, Der.context(1, Der.set(leaf)))),
        of("certificates and CRLs", OK, inserted(3, Der.context(0, leaf), Der.context(1, crl))),
        of("CRLs, then certificates", BAD, inserted(3, Der.context(1, crl), Der.context(0, leaf))),
        of("signer's certificate in a CRL", "ENOKEY", byLeaf.changed(leafAsCrl)));
  }

  private static List<Ruled> lists() {
    UnaryOperator<List<Node>> noSigners = parts -> parts.subList(0, parts.size() - 1);
    return List.of(
        of("signers in a SEQUENCE", OK, parts -> part(3, parts.get(3).tagged(0x30)).apply(parts)),
        of("no signer", BAD, part(3, Der.set())),
        of("no list of signers", "EINVAL", noSigners),
        of("signers are something else", BAD, part(3, Der.nothing())),
        of("something behind the signers", BAD, inserted(4, Der.nothing())),
        of("second signer is something else", BAD, parts -> secondIsNothing(parts)),
        of("primitive SignedData", OK, parts -> part(3, parts.get(3).tagged(0x11)).apply(parts)));
  }

  private static List<Node> secondIsNothing(List<Node> parts) {
    Node infos = parts.get(3);
    Node two = infos.with(List.of(infos.nodes().getFirst(), Der.nothing()));
    return replaced(parts, 3, two);
  }
}
