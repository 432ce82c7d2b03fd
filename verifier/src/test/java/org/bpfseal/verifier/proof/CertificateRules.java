// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import static org.bpfseal.verifier.proof.CheckLab.LEAF;
import static org.bpfseal.verifier.proof.CheckLab.ROOT;
import static org.bpfseal.verifier.proof.CheckLab.replaced;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * Parts of a certificate that another has issued, so that its signature is not looked at: x509.asn1
 * and its actions.
 */
final class CertificateRules {
  private static final String OK = "OK";
  private static final String BAD = "EBADMSG";
  private static final String UNKNOWN = "ENOPKG";
  private static final int SERIAL = 1;
  private static final int ALGORITHM = 2;
  private static final int ISSUER = 3;
  private static final int SUBJECT = 5;
  private static final int KEY = 6;

  private CertificateRules() {}

  static List<Ruled> all() {
    return Stream.of(outside(), inside(), names(), algorithms(), keys())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Node> parts() {
    return LEAF.tree().nodes().getFirst().nodes();
  }

  private static Ruled of(String rule, String word, List<Node> parts) {
    Node tree = LEAF.tree();
    Node tbs = tree.nodes().getFirst().with(parts);
    return whole(rule, word, tree.with(replaced(tree.nodes(), 0, tbs)));
  }

  private static Ruled whole(String rule, String word, Node tree) {
    return Ruled.certificate("certificate: " + rule, Encoding.of(tree), word);
  }

  private static Ruled part(String rule, String word, int index, Node other) {
    return of(rule, word, replaced(parts(), index, other));
  }

  private static Ruled bytes(String rule, String word, Bytes der) {
    return Ruled.certificate("certificate: " + rule, der, word);
  }

  private static Ruled outer(String rule, String word, int index, Node other) {
    Node tree = LEAF.tree();
    return whole(rule, word, tree.with(replaced(tree.nodes(), index, other)));
  }

  private static Node bits(String hex) {
    return Node.of(Der.BIT_STRING, Bytes.hex(hex));
  }

  private static List<Ruled> outside() {
    Node tree = LEAF.tree();
    Node sha384 = Der.algorithmWithNull(Hash.SHA384.rsaOid);
    Node sha256 = Der.algorithm(Hash.SHA256.rsaOid);
    List<Node> more = new ArrayList<>(tree.nodes());
    more.add(Der.nothing());
    Bytes der = LEAF.der();
    return List.of(
        bytes("as issued", OK, der),
        bytes("bytes behind", OK, Bytes.concat(der, Bytes.hex("aabb"))),
        bytes("one byte short", BAD, der.slice(0, der.size() - 1)),
        bytes("nothing", "EINVAL", Bytes.EMPTY),
        bytes("one byte", BAD, Bytes.hex("30")),
        bytes("65535 bytes", OK, padded(der, 65535)),
        bytes("65536 bytes", "EMSGSIZE", padded(der, 65536)),
        whole("something behind the signature", BAD, tree.with(more)),
        whole("tag of a SET", BAD, tree.tagged(Der.SET)),
        whole("primitive tag", OK, tree.tagged(0x10)),
        outer("other signature algorithm", "EINVAL", 1, sha384),
        outer("unknown signature algorithm", "EINVAL", 1, Der.algorithm(Hash.MD5.rsaOid)),
        outer("signature algorithm without parameters", OK, 1, sha256),
        outer("empty signature", BAD, 2, bits("")),
        outer("signature of no octets", OK, 2, bits("00")),
        outer("signature of some bits", BAD, 2, bits("0180")),
        outer("signature is an octet string", BAD, 2, Der.octets(Bytes.hex("00"))),
        whole(
            "other algorithm and bad bits",
            "EINVAL",
            tree.with(replaced(replaced(tree.nodes(), 1, sha384), 2, bits("01")))));
  }

  private static Bytes padded(Bytes bytes, int size) {
    return Bytes.concat(bytes, Bytes.owning(new byte[size - bytes.size()]));
  }

  private static List<Node> inserted(int index, Node... others) {
    List<Node> changed = new ArrayList<>(parts());
    changed.addAll(index, List.of(others));
    return changed;
  }

  private static List<Node> without(int index) {
    List<Node> changed = new ArrayList<>(parts());
    changed.remove(index);
    return changed;
  }

  private static List<Ruled> inside() {
    Node version = Der.context(0, Der.integer(9));
    Node unique = Der.context(1, Bytes.hex("00aa"));
    Node unique2 = Der.context(2, Bytes.hex("00bb"));
    Node extensions = parts().getLast();
    int last = parts().size() - 1;
    return List.of(
        of("no version", OK, without(0)),
        part("version 9", OK, 0, version),
        part("version without number", BAD, 0, Node.of(0xa0, List.of())),
        part("version of two numbers", BAD, 0, Der.context(0, Der.integer(1), Der.integer(2))),
        part("serial of no octets", OK, SERIAL, Node.of(Der.INTEGER, Bytes.EMPTY)),
        part("negative serial", OK, SERIAL, Der.integer(-5)),
        part("serial is an octet string", BAD, SERIAL, Der.octets(Bytes.hex("01"))),
        of("no serial", BAD, without(SERIAL)),
        of("issuer's unique id", OK, inserted(last, unique)),
        of("subject's unique id", OK, inserted(last, unique2)),
        of("both unique ids", OK, inserted(last, unique, unique2)),
        of("unique ids in another order", BAD, inserted(last, unique2, unique)),
        of("constructed unique id", BAD, inserted(last, Der.context(1, Der.nothing()))),
        of("no extensions", OK, without(last)),
        of("extensions twice", BAD, inserted(last, extensions)),
        part("extensions without a SEQUENCE", BAD, last, Node.of(0xa3, List.of())),
        part("two SEQUENCEs of extensions", BAD, last, doubled(extensions)));
  }

  private static Node doubled(Node extensions) {
    Node each = extensions.nodes().getFirst();
    return extensions.with(List.of(each, each));
  }

  private static List<Ruled> names() {
    Node name = ROOT.subject();
    Node attribute = Der.sequence(Der.oid("2.5.4.3"), Der.text(Der.UTF8_STRING, "x"));
    Node pair = Der.set(attribute, attribute);
    Node three = Der.sequence(Der.oid("2.5.4.3"), Der.nothing(), Der.nothing());
    return List.of(
        part("empty issuer", BAD, ISSUER, Der.sequence()),
        part("empty subject", BAD, SUBJECT, Der.sequence()),
        part("empty RDN", BAD, SUBJECT, Der.sequence(Der.set())),
        part("RDN of two attributes", OK, SUBJECT, Der.sequence(pair)),
        part("two RDNs", OK, SUBJECT, Der.sequence(Der.set(attribute), pair)),
        part("RDN is a SEQUENCE", BAD, SUBJECT, Der.sequence(Der.sequence(attribute))),
        part("attribute is a SET", BAD, SUBJECT, Der.sequence(Der.set(attribute.tagged(0x31)))),
        part("attribute of three", BAD, SUBJECT, Der.sequence(Der.set(three))),
        part(
            "attribute without value",
            BAD,
            SUBJECT,
            Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.3"))))),
        part("any value", OK, SUBJECT, Der.sequence(Der.set(Der.sequence(Der.oid("1.2"), name)))),
        part("subject is a SET", BAD, SUBJECT, name.tagged(Der.SET)));
  }

  /** The algorithm of the issuer's signature, inside and outside. */
  private static Ruled algorithm(String rule, String word, Node algorithm) {
    Node tree = LEAF.tree();
    Node tbs = tree.nodes().getFirst().with(replaced(parts(), ALGORITHM, algorithm));
    return whole(
        "signed by " + rule,
        word,
        tree.with(replaced(replaced(tree.nodes(), 0, tbs), 1, algorithm)));
  }

  private static List<Ruled> algorithms() {
    List<Ruled> rows = new ArrayList<>();
    for (Hash hash : Hash.ALL) {
      boolean known = hash.compareTo(Hash.SHA3_512) <= 0;
      boolean gost = hash == Hash.STREEBOG_256 || hash == Hash.STREEBOG_512;
      rows.add(algorithm("RSA, " + hash, known || gost ? OK : UNKNOWN, Der.algorithm(hash.rsaOid)));
      if (known) {
        rows.add(algorithm("ECDSA, " + hash, OK, Der.algorithm(hash.ecdsaOid)));
      }
    }
    for (int arc = 17; arc <= 19; arc++) {
      String oid = "2.16.840.1.101.3.4.3." + arc;
      rows.add(algorithm("ML-DSA, " + arc, OK, Der.algorithm(oid)));
    }
    String rsa = Hash.SHA256.rsaOid;
    for (String oid : List.of("1.2.840.113549.1.1.1", "1.2.840.113549.1.1.10", "1.3.101.112")) {
      rows.add(algorithm(oid, UNKNOWN, Der.algorithm(oid)));
    }
    rows.add(algorithm("no OID", BAD, Der.sequence()));
    rows.add(algorithm("any parameters", OK, Der.sequence(Der.oid(rsa), Der.integer(1))));
    Node twice = Der.sequence(Der.oid(rsa), Der.nothing(), Der.nothing());
    rows.add(algorithm("two parameters", BAD, twice));
    return rows;
  }

  private static Ruled key(String rule, String word, String oid, String parameters, String bits) {
    Node rest = parameters.isEmpty() ? Der.nothing() : raw(parameters);
    Node algorithm =
        parameters.equals("none") ? Der.algorithm(oid) : Der.sequence(Der.oid(oid), rest);
    return part("key " + rule, word, KEY, Der.sequence(algorithm, bits(bits)));
  }

  /** An element of one length octet. */
  private static Node raw(String hex) {
    if (hex.equals("none")) {
      return Der.nothing();
    }
    return hex.startsWith("0681")
        ? Node.of(Der.OID, Bytes.hex(hex.substring(6))).sized(new Node.Length.LongForm(1))
        : Node.of(Integer.parseInt(hex.substring(0, 2), 16), Bytes.hex(hex.substring(4)));
  }

  private static List<Ruled> keys() {
    String rsa = "1.2.840.113549.1.1.1";
    String ec = "1.2.840.10045.2.1";
    List<Ruled> rows = new ArrayList<>();
    rows.add(key("RSA of anything", OK, rsa, "", "00aa"));
    rows.add(key("RSA, no parameters", OK, rsa, "none", "00aa"));
    rows.add(key("no octets", OK, rsa, "", "00"));
    rows.add(key("empty", BAD, rsa, "", ""));
    rows.add(key("some bits", BAD, rsa, "", "0180"));
    rows.add(key("unknown and empty", UNKNOWN, "1.3.101.112", "none", ""));
    rows.add(key("signature's OID", UNKNOWN, Hash.SHA256.rsaOid, "none", "00aa"));
    rows.add(key("P-192", OK, ec, "06082a8648ce3d030101", "00aa"));
    rows.add(key("P-256", OK, ec, "06082a8648ce3d030107", "00aa"));
    rows.add(key("P-384", OK, ec, "06052b81040022", "00aa"));
    rows.add(key("P-521", OK, ec, "06052b81040023", "00aa"));
    rows.add(key("secp256k1", UNKNOWN, ec, "06052b8104000a", "00aa"));
    rows.add(key("EC, one octet of curve", UNKNOWN, ec, "06012a", "00aa"));
    rows.add(key("EC, no octet of curve", BAD, ec, "0600", "00aa"));
    rows.add(key("EC, NULL", BAD, ec, "0500", "00aa"));
    rows.add(key("EC, octet string", BAD, ec, "0403" + "2a0304", "00aa"));
    rows.add(key("EC, no parameters", BAD, ec, "none", "00aa"));
    rows.add(key("EC, long length", BAD, ec, "0681082a8648ce3d030107", "00aa"));
    rows.add(key("GOST 256", OK, "1.2.643.7.1.1.1.1", "none", "00aa"));
    rows.add(key("GOST 512", OK, "1.2.643.7.1.1.1.2", "none", "00aa"));
    for (int arc = 17; arc <= 19; arc++) {
      rows.add(key("ML-DSA " + arc, OK, "2.16.840.1.101.3.4.3." + arc, "none", "00aa"));
    }
    Node parts = parts().get(KEY);
    List<Node> more = new ArrayList<>(parts.nodes());
    more.add(Der.nothing());
    rows.add(part("something behind the key", BAD, KEY, parts.with(more)));
    return rows;
  }
}
