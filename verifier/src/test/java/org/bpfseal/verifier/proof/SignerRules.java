// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import static org.bpfseal.verifier.proof.CheckLab.PROGRAM;
import static org.bpfseal.verifier.proof.CheckLab.ROOT;
import static org.bpfseal.verifier.proof.CheckLab.by;
import static org.bpfseal.verifier.proof.CheckLab.signer;
import static org.bpfseal.verifier.proof.CheckLab.signerPart;
import static org.bpfseal.verifier.proof.MessageRecipe.attribute;
import static org.bpfseal.verifier.proof.MessageRecipe.contentType;
import static org.bpfseal.verifier.proof.MessageRecipe.messageDigest;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bpfseal.verifier.bytes.Bytes;

/** Parts of a SignerInfo, whose certificate is in the keyring. */
final class SignerRules {
  private static final String OK = "OK";
  private static final String BAD = "EBADMSG";
  private static final String REJECTED = "EKEYREJECTED";
  private static final MessageRecipe.Signer USUAL = signer(ROOT);
  private static final Node TYPE = contentType();
  private static final Node DIGEST = messageDigest(PROGRAM);
  private static final Node TIME = time("210101000000Z");

  private SignerRules() {}

  static List<Ruled> all() {
    return Stream.of(parts(), identifiers(), algorithms(), attributes(), forms(), unsigned())
        .flatMap(List::stream)
        .toList();
  }

  private static Ruled of(String rule, String word, MessageRecipe message) {
    return Ruled.message("signer: " + rule, message, word, ROOT);
  }

  private static Ruled of(String rule, String word, UnaryOperator<List<Node>> change) {
    return of(rule, word, by(USUAL).changed(change));
  }

  /** With another list of parts in the first SignerInfo. */
  private static UnaryOperator<List<Node>> info(UnaryOperator<List<Node>> change) {
    return parts -> {
      Node infos = parts.getLast();
      Node info = infos.nodes().getFirst();
      Node changed = info.with(change.apply(info.nodes()));
      return CheckLab.replaced(
          parts, parts.size() - 1, infos.with(CheckLab.replaced(infos.nodes(), 0, changed)));
    };
  }

  private static UnaryOperator<List<Node>> without(int index) {
    return info(
        parts -> {
          List<Node> changed = new ArrayList<>(parts);
          changed.remove(index);
          return changed;
        });
  }

  private static List<Ruled> parts() {
    List<Ruled> rows = new ArrayList<>();
    for (String hex : List.of("", "00", "02", "04", "0003", "0300")) {
      rows.add(
          of(
              "version [" + hex + "]",
              "EINVAL",
              signerPart(0, Node.of(Der.INTEGER, Bytes.hex(hex)))));
    }
    rows.add(of("version 1 in a message of version 3", BAD, signerPart(0, Der.integer(1))));
    for (int part : new int[] {0, 1, 3, 4}) {
      rows.add(of("without part " + part, BAD, without(part)));
    }
    rows.add(of("without digest, so RSA is taken for one", "ENOPKG", without(2)));
    rows.add(of("something behind", BAD, info(MessageRules.inserted(5, Der.nothing()))));
    rows.add(of("empty signature", REJECTED, signerPart(4, Der.octets(Bytes.EMPTY))));
    rows.add(of("signature in bits", BAD, signerPart(4, Der.bits(Bytes.EMPTY))));
    return rows;
  }

  private static List<Ruled> identifiers() {
    Node serial = ROOT.serial();
    Node issuer = ROOT.issuer();
    UnaryOperator<List<Node>> first = CheckLab.part(0, Der.integer(1));
    return List.of(
        of("by issuer and serial", OK, by(USUAL.byIssuer())),
        of("SKID is constructed", BAD, signerPart(1, Der.context(0, Der.octets(ROOT.skid())))),
        of("SKID of no octets", "EINVAL", signerPart(1, Der.context(0, Bytes.EMPTY))),
        of("SKID, one octet short", "ENOKEY", signerPart(1, Der.context(0, ROOT.skid().from(1)))),
        of("version 3 by issuer and serial", "EINVAL", signerPart(1, Der.sequence(issuer, serial))),
        of(
            "version 1 by SKID",
            "EINVAL",
            parts -> first.apply(signerPart(0, Der.integer(1)).apply(parts))),
        of("another tag", BAD, signerPart(1, Der.context(1, ROOT.skid()))),
        of("issuer alone", BAD, signerPart(1, Der.sequence(issuer))),
        of("something behind the serial", BAD, signerPart(1, Der.sequence(issuer, serial, serial))),
        of(
            "serial with a zero before it",
            "ENOKEY",
            by(USUAL.byIssuer()).changed(signerPart(1, Der.sequence(issuer, octets("0001"))))),
        of(
            "SKID octets that are issuer and serial",
            OK,
            signerPart(
                1,
                Der.context(
                    0,
                    Bytes.concat(
                        serial.contents(new Encoding(serial)),
                        issuer.contents(new Encoding(issuer)))))));
  }

  private static Node octets(String hex) {
    return Node.of(Der.INTEGER, Bytes.hex(hex));
  }

  private static List<Ruled> algorithms() {
    List<Ruled> rows = new ArrayList<>();
    for (Hash hash : Hash.ALL) {
      boolean known = hash.compareTo(Hash.SM3) <= 0;
      boolean built = hash.compareTo(Hash.SHA512) <= 0;
      rows.add(of("digest " + hash, built ? OK : "ENOPKG", by(USUAL.hash(hash))));
      Node ecdsa = Der.algorithm(hash.ecdsaOid);
      boolean scheme = known && hash.compareTo(Hash.SHA3_512) <= 0;
      if (known && !hash.name().startsWith("STREEBOG")) {
        rows.add(
            of("RSA key, ECDSA with " + hash, scheme ? REJECTED : "ENOPKG", signerPart(3, ecdsa)));
      }
    }
    Node sha256 = Der.oid(Hash.SHA256.oid);
    Node rsa = Der.oid("1.2.840.113549.1.1.1");
    rows.add(of("digest with any parameters", OK, signerPart(2, Der.sequence(sha256, DIGEST))));
    rows.add(of("digest without parameters", OK, signerPart(2, Der.sequence(sha256))));
    rows.add(of("digest of no OID", BAD, signerPart(2, Der.sequence())));
    rows.add(of("RSA without parameters", OK, signerPart(3, Der.sequence(rsa))));
    rows.add(of("RSA with two parameters", BAD, signerPart(3, Der.sequence(rsa, rsa, rsa))));
    for (String oid :
        List.of(Hash.SHA256.rsaOid, "1.2.840.113549.1.1.10", "1.2.840.10045.2.1", "1.3.101.112")) {
      rows.add(of("algorithm " + oid, "ENOPKG", signerPart(3, Der.algorithm(oid))));
    }
    for (String oid :
        List.of(
            "1.2.643.7.1.1.1.1",
            "1.2.643.7.1.1.1.2",
            "2.16.840.1.101.3.4.3.17",
            "2.16.840.1.101.3.4.3.18",
            "2.16.840.1.101.3.4.3.19")) {
      rows.add(of("algorithm " + oid, REJECTED, signerPart(3, Der.algorithm(oid))));
    }
    return rows;
  }

  static Node time(String utc) {
    return attribute("1.2.840.113549.1.9.5", Der.text(Der.UTC_TIME, utc));
  }

  private static Ruled with(String rule, String word, Node... attributes) {
    return of("attributes: " + rule, word, by(USUAL.attributes(attributes)));
  }

  private static List<Ruled> attributes() {
    Node twoTypes = Der.sequence(Der.oid("1.2.840.113549.1.9.3"), two(TYPE));
    Node twoDigests = Der.sequence(Der.oid("1.2.840.113549.1.9.4"), two(DIGEST));
    Node other = attribute("1.2.3", Der.nothing());
    Node asText = attribute("1.2.840.113549.1.9.3", oidAs(0x04));
    Node otherType = attribute("1.2.840.113549.1.9.3", Der.oid("1.2.840.113549.1.7.2"));
    Bytes digest = Hash.SHA256.of(PROGRAM);
    return List.of(
        with("usual", OK, TYPE, DIGEST),
        with("in another order", OK, DIGEST, TYPE),
        with("signing time", OK, TYPE, TIME, DIGEST),
        with("bad signing time", BAD, TYPE, time("219901000000Z"), DIGEST),
        with("signing time twice", REJECTED, TYPE, TIME, DIGEST, TIME),
        with("no type", BAD, DIGEST),
        with("no digest", BAD, TYPE),
        with("type twice", REJECTED, TYPE, DIGEST, TYPE),
        with("two types", REJECTED, twoTypes, DIGEST),
        with("digest twice", REJECTED, TYPE, DIGEST, DIGEST),
        with("two digests", REJECTED, TYPE, twoDigests),
        with("others", OK, other, TYPE, other, DIGEST),
        with("type of any tag", OK, asText, DIGEST),
        with("another type", BAD, otherType, DIGEST),
        with("digest as bits", BAD, TYPE, attribute("1.2.840.113549.1.9.4", Der.bits(digest))),
        with("short digest", BAD, TYPE, digest(digest.from(1))),
        with("long digest", BAD, TYPE, digest(Bytes.concat(digest, Bytes.hex("00")))),
        with("another digest", REJECTED, TYPE, messageDigest(Bytes.EMPTY)),
        with("capabilities", REJECTED, TYPE, attribute("1.2.840.113549.1.9.15", TYPE), DIGEST),
        with("opus info", REJECTED, TYPE, attribute("1.3.6.1.4.1.311.2.1.12", TYPE), DIGEST),
        with("statement type", REJECTED, TYPE, attribute("1.3.6.1.4.1.311.2.1.11", TYPE), DIGEST),
        with("without values", BAD, TYPE, DIGEST, Der.sequence(Der.oid("1.2.3"), Der.set())),
        with("values in a SEQUENCE", BAD, TYPE, DIGEST, Der.sequence(Der.oid("1.2.3"), DIGEST)),
        with("something behind the values", BAD, TYPE, DIGEST, behind(other)),
        with("something else", BAD, TYPE, DIGEST, Der.nothing()));
  }

  private static Node behind(Node attribute) {
    List<Node> more = new ArrayList<>(attribute.nodes());
    more.add(Der.nothing());
    return attribute.with(more);
  }

  private static Node two(Node attribute) {
    Node value = attribute.nodes().getLast().nodes().getFirst();
    return Der.set(value, value);
  }

  private static Node digest(Bytes value) {
    return attribute("1.2.840.113549.1.9.4", Der.octets(value));
  }

  private static Node oidAs(int tag) {
    return Der.oid("1.2.840.113549.1.7.1").tagged(tag);
  }

  /** With the attributes in another form. */
  private static Ruled form(String rule, String word, UnaryOperator<Node> change) {
    UnaryOperator<List<Node>> apply =
        info(parts -> CheckLab.replaced(parts, 3, change.apply(parts.get(3))));
    return of("attributes " + rule, word, by(USUAL.attributes(TYPE, DIGEST)).changed(apply));
  }

  private static List<Ruled> forms() {
    Node.Length indefinite = new Node.Length.Indefinite();
    return List.of(
        form("of indefinite length", OK, node -> node.sized(indefinite)),
        form("with a long length", OK, node -> node.sized(new Node.Length.LongForm(2))),
        form("with a primitive tag", OK, node -> node.tagged(0x80)),
        form("empty", BAD, node -> node.with(List.of())),
        form("in [2], signed as such", REJECTED, node -> wrapped(node, 0x30)),
        form("in [2] without SEQUENCE", BAD, node -> node.tagged(0xa2)),
        form("in [2], a SET", BAD, node -> wrapped(node, 0x31)),
        of("attributes in [2], content signed", OK, inserted(wrapped(0x30, TYPE, DIGEST))),
        of("one attribute in [2]", OK, inserted(wrapped(0x30, TIME))),
        of("a wrong attribute in [2]", BAD, inserted(wrapped(0x30, time("219901000000Z")))),
        of("two SEQUENCEs in [2]", BAD, inserted(Der.context(2, Der.sequence(TIME), TIME))),
        of("nothing in [2]", BAD, inserted(Der.context(2, Der.sequence()))),
        of(
            "one signer with, one without attributes",
            "EINVAL",
            by(USUAL.attributes(TYPE, DIGEST), USUAL)),
        of(
            "both with attributes",
            OK,
            by(USUAL.attributes(TYPE, DIGEST), USUAL.attributes(DIGEST, TYPE))));
  }

  private static UnaryOperator<List<Node>> inserted(Node attributes) {
    return info(MessageRules.inserted(3, attributes));
  }

  private static Node wrapped(Node attributes, int tag) {
    return Der.context(2, attributes.tagged(tag));
  }

  private static Node wrapped(int tag, Node... attributes) {
    return Der.context(2, Node.of(tag, List.of(attributes)));
  }

  private static Ruled unsigned(String rule, String word, Node attributes) {
    return of("unsigned " + rule, word, info(MessageRules.inserted(5, attributes)));
  }

  private static List<Ruled> unsigned() {
    Node one = attribute("1.2.3", Der.nothing());
    Node values = Der.sequence(Der.oid("1.2.3"), Der.set());
    Node several = Der.sequence(Der.oid("1.2.3"), Der.set(one, one));
    return List.of(
        unsigned("attribute", OK, Der.context(1, one)),
        unsigned("attributes", OK, Der.context(1, one, several, one)),
        unsigned("attributes as a SEQUENCE", OK, Node.of(0xa3, List.of(one, several))),
        unsigned("list of nothing", BAD, Node.of(0xa1, List.of())),
        unsigned("SEQUENCE of nothing", BAD, Node.of(0xa3, List.of())),
        unsigned("attribute without values", BAD, Der.context(1, values)),
        unsigned("second is something else", BAD, Der.context(1, one, Der.nothing())),
        unsigned("something behind the values", BAD, Der.context(1, behind(one))),
        unsigned("repeated type", OK, Der.context(1, TYPE, TYPE)),
        unsigned("attribute of another tag", BAD, Der.context(2, one)));
  }
}
