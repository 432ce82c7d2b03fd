// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import static org.bpfseal.verifier.proof.CertificateRecipe.extension;
import static org.bpfseal.verifier.proof.CheckLab.OTHER_RSA;
import static org.bpfseal.verifier.proof.CheckLab.ROOT;
import static org.bpfseal.verifier.proof.CheckLab.inside;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bpfseal.verifier.bytes.Bytes;

/** The authority key identifier: x509_akid.asn1, and what it leads to. */
final class AuthorityRules {
  private static final String AUTHORITY = "2.5.29.35";
  private static final String OK = "OK";
  private static final String BAD = "EBADMSG";

  private AuthorityRules() {}

  static List<Ruled> all() {
    List<Ruled> all = new ArrayList<>();
    shapes().forEach((hex, word) -> all.add(of(hex, word)));
    names().forEach((hex, word) -> all.add(of(named(hex), word)));
    all.addAll(issuers());
    all.addAll(selfIssued());
    return all;
  }

  private static Ruled of(String hex, String word) {
    return Ruled.certificate(
        "authority " + hex,
        CertificateRecipe.issuedBy(ROOT, OTHER_RSA)
            .extensions(ExtensionRules.extension(AUTHORITY, hex)),
        word);
  }

  private static Map<String, String> shapes() {
    Map<String, String> shapes = new TreeMap<>();
    shapes.put("3000", OK);
    shapes.put("3000aabb", OK);
    shapes.put("3003800101", OK);
    shapes.put("30028000", OK);
    shapes.put("3003820101", OK);
    shapes.put("3006800101820101", OK);
    shapes.put("3002a100", OK);
    shapes.put("300c800101a104810201028201ff", OK);
    shapes.put("300d800101a1058103010203820101", OK);
    shapes.put("300c800101a104810201028201", BAD);
    shapes.put("", BAD);
    shapes.put("30", BAD);
    shapes.put("3100", BAD);
    shapes.put("3003800201", BAD);
    shapes.put("3006820101800101", BAD);
    shapes.put("3003a00101", BAD);
    shapes.put("30020500", BAD);
    shapes.put("3080800101a100820101" + "0000", OK);
    shapes.put("3080a1800000" + "0000", BAD);
    return shapes;
  }

  /** SEQUENCE { [1] names }. */
  private static String named(String names) {
    int size = names.length() / 2;
    return "30%02xa1%02x%s".formatted(size + 2, size, names);
  }

  private static Map<String, String> names() {
    Map<String, String> names = new TreeMap<>();
    for (String tag : List.of("81", "82", "86", "87", "88")) {
      names.put(tag + "00", OK);
      names.put(tag + "0161", OK);
    }
    names.put("a10161", BAD);
    names.put("8900", BAD);
    names.put("a00706032a0304a0020500".replace("a007", "a009"), OK);
    names.put("a00506032a0304", BAD);
    names.put("a0040500" + "0500", BAD);
    names.put("a00b06032a0304a0020500" + "0500", BAD);
    names.put("a00906032a0304a1020500", BAD);
    names.put("a00b06032a0304a00405000500", BAD);
    names.put("a3020500", OK);
    names.put("83020500", OK);
    names.put("a300", BAD);
    names.put("a30405000500", BAD);
    names.put("a40f300d310b3009060355040313026162", OK);
    names.put("a400", BAD);
    names.put("a4023000", BAD);
    names.put("a411300d310b3009060355040313026162" + "0500", BAD);
    names.put("a504a1020500", OK);
    names.put("a508a0020500a1020500", OK);
    names.put("a504a0020500", BAD);
    names.put("a500", BAD);
    names.put("a508a1020500a0020500", BAD);
    names.put("a502a100", BAD);
    names.put("8101618100" + "a3020500", OK);
    names.put("810161" + "0500", BAD);
    return names;
  }

  /** A leaf that says of its issuer what these extensions say. */
  private static Certificate leaf(Node... authorities) {
    List<Node> extensions = new ArrayList<>();
    extensions.add(extension("2.5.29.14", Der.octets(CertificateRecipe.skid(OTHER_RSA))));
    extensions.addAll(List.of(authorities));
    return CertificateRecipe.issuedBy(ROOT, OTHER_RSA)
        .extensions(extensions.toArray(Node[]::new))
        .make();
  }

  private static Ruled trusting(String rule, Certificate leaf, String word) {
    return Ruled.message(rule, inside(leaf), word, ROOT);
  }

  private static List<Ruled> issuers() {
    Node name = Der.context(4, ROOT.subject());
    Node otherName = Der.context(4, CertificateRecipe.name(Der.UTF8_STRING, "Nobody"));
    Node serial = Der.context(2, Bytes.of((byte) 1));
    Node keyId = Der.context(0, ROOT.skid());
    Node stranger = Der.context(0, Bytes.utf8("stranger"));
    Node broken = ExtensionRules.extension(AUTHORITY, "30");
    return List.of(
        trusting("issuer by key id", leaf(authority(keyId)), OK),
        trusting("issuer by another key id", leaf(authority(stranger)), "ENOKEY"),
        trusting("issuer by nothing", leaf(), "ENOKEY"),
        trusting("issuer by an empty authority", leaf(authority()), "ENOKEY"),
        trusting("issuer by name and serial", leaf(authority(Der.context(1, name), serial)), OK),
        trusting("issuer by serial alone", leaf(authority(serial)), "ENOKEY"),
        trusting("issuer by name alone", leaf(authority(Der.context(1, name))), "ENOKEY"),
        trusting(
            "issuer by name and another serial",
            leaf(authority(Der.context(1, name), Der.context(2, Bytes.of((byte) 2)))),
            "ENOKEY"),
        trusting(
            "issuer by the last of two names",
            leaf(authority(Der.context(1, otherName, name), serial)),
            OK),
        trusting(
            "issuer not by the first of two names",
            leaf(authority(Der.context(1, name, otherName), serial)),
            "ENOKEY"),
        trusting(
            "issuer by a name among others",
            leaf(
                authority(
                    Der.context(
                        1, name, Der.context(1, Bytes.utf8("a@b")), Der.context(2, Bytes.EMPTY)),
                    serial)),
            OK),
        trusting("issuer by both", leaf(authority(keyId, Der.context(1, name), serial)), OK),
        trusting(
            "issuer by serial and another key id",
            leaf(authority(stranger, Der.context(1, name), serial)),
            "EKEYREJECTED"),
        trusting("empty key id", leaf(authority(Der.context(0, Bytes.EMPTY))), "EINVAL"),
        trusting("last of two authorities counts", leaf(authority(stranger), authority(keyId)), OK),
        trusting(
            "first of two authorities does not",
            leaf(authority(keyId), authority(stranger)),
            "ENOKEY"),
        trusting("first of two is not decoded", leaf(broken, authority(keyId)), OK),
        Ruled.certificate("last of two is decoded", leaf(authority(keyId), broken).der(), BAD));
  }

  /**
   * A root whose signature is over something else. It shows where its authority is itself; where it
   * isn't, nobody looks.
   */
  private static Ruled selfIssued(String rule, String word, Node... authorities) {
    Node tree = CertificateRecipe.root(CheckLab.RSA).extensions(authorities).make().tree();
    Bytes other = CheckLab.RSA.sign(Hash.SHA256, Bytes.utf8("other"), 0);
    Node wrong = tree.with(CheckLab.replaced(tree.nodes(), 2, Der.bits(other)));
    return Ruled.certificate("signs itself wrongly, " + rule, Encoding.of(wrong), word);
  }

  private static List<Ruled> selfIssued() {
    Node skid = extension("2.5.29.14", Der.octets(ROOT.skid()));
    Node own = Der.context(0, ROOT.skid());
    Node other = Der.context(0, Bytes.utf8("other"));
    Node name = Der.context(1, Der.context(4, ROOT.subject()));
    Node one = Der.context(2, Bytes.of((byte) 1));
    Node two = Der.context(2, Bytes.of((byte) 2));
    String wrong = "EKEYREJECTED";
    return List.of(
        selfIssued("no authority", wrong, skid),
        selfIssued("its own key id", wrong, skid, authority(own)),
        selfIssued("its own serial number", wrong, skid, authority(name, one)),
        selfIssued("both its own", wrong, skid, authority(own, name, one)),
        selfIssued("another key id", OK, skid, authority(other)),
        selfIssued("another serial number", OK, skid, authority(name, two)),
        selfIssued("both another's", OK, skid, authority(other, name, two)),
        selfIssued("another key id alone", wrong, skid, authority(other, name, one)),
        selfIssued("another serial number alone", wrong, skid, authority(own, name, two)),
        selfIssued("its own key id, no SKID", OK, authority(own)));
  }

  private static Node authority(Node... parts) {
    return extension(AUTHORITY, Der.sequence(parts));
  }
}
