// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import static org.bpfseal.verifier.proof.CertificateRecipe.extension;
import static org.bpfseal.verifier.proof.CheckLab.OTHER_RSA;
import static org.bpfseal.verifier.proof.CheckLab.RSA;
import static org.bpfseal.verifier.proof.CheckLab.by;
import static org.bpfseal.verifier.proof.CheckLab.signer;

import java.util.ArrayList;
import java.util.List;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * The text that the kernel makes of a subject: x509_fabricate_name().
 *
 * <p>It shows in what displaces what: a key whose description is the same unlinks the earlier one.
 * So each row adds a certificate of that name, then one whose common name is the text, though of
 * another string type, with the same SKID; and asks for a message by the first one.
 */
final class NameRules {
  private static final String COMMON_NAME = "2.5.4.3";
  private static final String ORGANIZATION = "2.5.4.10";
  private static final String MAIL = "1.2.840.113549.1.9.1";
  private static final String DISPLACED = "ENOKEY";
  private static final String KEPT = "OK";
  private static final Node SKID = extension("2.5.29.14", Der.octets(Bytes.hex("0123ab")));

  private NameRules() {}

  static List<Ruled> all() {
    List<Ruled> all = new ArrayList<>(texts());
    all.addAll(identities());
    return all;
  }

  private static Node cn(String text) {
    return part(COMMON_NAME, text);
  }

  private static Node org(String text) {
    return part(ORGANIZATION, text);
  }

  private static Node mail(String text) {
    return part(MAIL, text);
  }

  private static Node part(String type, String text) {
    return Der.set(Der.sequence(Der.oid(type), Der.text(Der.UTF8_STRING, text)));
  }

  private static Certificate certificate(LabKey key, Node subject, Node... extensions) {
    return CertificateRecipe.root(key).subject(subject).extensions(extensions).make();
  }

  private static Ruled of(String rule, String text, Node... parts) {
    return pair(
        "name: " + rule,
        DISPLACED,
        certificate(RSA, Der.sequence(parts), SKID),
        certificate(OTHER_RSA, CertificateRecipe.name(Der.PRINTABLE_STRING, text), SKID));
  }

  private static Ruled pair(String rule, String word, Certificate first, Certificate second) {
    return Ruled.message(rule, by(signer(first).byIssuer()), word, first, second);
  }

  private static List<Ruled> texts() {
    String long256 = "x".repeat(256);
    return List.of(
        of("common name", "Foo", cn("Foo")),
        of("organization", "Org", org("Org")),
        of("mail", "a@b", mail("a@b")),
        of("organization and common name", "Org: Foo", org("Org"), cn("Foo")),
        of("in either order", "Org: Foo", cn("Foo"), org("Org")),
        of("common name begins with organization", "Org Foo", org("Org"), cn("Org Foo")),
        of("both are the same", "Org", org("Org"), cn("Org")),
        of("seven octets agree", "Example A", org("Example B"), cn("Example A")),
        of("seventh octet differs", "ExamplB: ExamplA", org("ExamplB"), cn("ExamplA")),
        of("common name of seven", "Example", org("Example B"), cn("Example")),
        of("common name of six", "Example: Exampl", org("Example"), cn("Exampl")),
        of("organization of six", "Exampl", org("Exampl"), cn("Exampl")),
        of("organization and mail", "Org", org("Org"), mail("a@b")),
        of("common name and mail", "Foo", mail("a@b"), cn("Foo")),
        of("last common name", "Bar", cn("Foo"), cn("Bar")),
        of("empty common name", "Org", org("Org"), cn("")),
        of("common name emptied by the last", "Org", cn("Foo"), org("Org"), cn("")),
        of("length is kept in one octet", "Org", org("Org"), cn(long256)),
        of("longer by one", "x", cn(long256 + "x")),
        of("longest", "x".repeat(255), cn("x".repeat(255))),
        of("ends at NUL", "Foo", cn("Foo\0Bar")),
        of("other attributes", "Foo", part("2.5.4.11", "Unit"), cn("Foo"), part("1.2.3", "x")));
  }

  private static List<Ruled> identities() {
    Node foo = Der.sequence(cn("Foo"));
    Node other = extension("2.5.29.14", Der.octets(Bytes.hex("0123ac")));
    Node one = extension("2.5.29.14", Der.octets(Bytes.hex("01")));
    Certificate plain = certificate(RSA, foo, SKID);
    Node unit = Der.sequence(part("2.5.4.11", "Unit"));
    return List.of(
        pair("another name", KEPT, plain, certificate(OTHER_RSA, Der.sequence(cn("Fop")), other)),
        pair(
            "name begins with NUL",
            DISPLACED,
            certificate(RSA, Der.sequence(cn("\0Foo")), SKID),
            certificate(OTHER_RSA, unit, SKID)),
        pair("another SKID", KEPT, plain, certificate(OTHER_RSA, foo, other)),
        pair(
            "serial number where there is no SKID",
            DISPLACED,
            certificate(RSA, foo, extension("1.2.3", Der.nothing())),
            certificate(OTHER_RSA, CertificateRecipe.name(Der.PRINTABLE_STRING, "Foo"), one)),
        Ruled.message("displaced by itself", by(signer(plain).byIssuer()), KEPT, plain, plain));
  }
}
