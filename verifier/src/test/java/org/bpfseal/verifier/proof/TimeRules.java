// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import static org.bpfseal.verifier.proof.CheckLab.OTHER_RSA;
import static org.bpfseal.verifier.proof.CheckLab.ROOT;
import static org.bpfseal.verifier.proof.CheckLab.inside;
import static org.bpfseal.verifier.proof.CheckLab.signer;
import static org.bpfseal.verifier.proof.MessageRecipe.attribute;
import static org.bpfseal.verifier.proof.MessageRecipe.contentType;
import static org.bpfseal.verifier.proof.MessageRecipe.messageDigest;

import java.util.ArrayList;
import java.util.List;

/** Times of certificates, and a signing time against them: x509_decode_time(). */
final class TimeRules {
  private static final String OK = "OK";
  private static final String BAD = "EBADMSG";

  private TimeRules() {}

  static List<Ruled> all() {
    List<Ruled> all = new ArrayList<>();
    all.addAll(utc());
    all.addAll(generalized());
    all.addAll(validity());
    all.addAll(signingTimes());
    return all;
  }

  private static Ruled of(int tag, String time, String word) {
    return times(
        "time %02x %s".formatted(tag, time),
        word,
        Der.text(tag, time),
        Der.text(Der.UTC_TIME, "300101000000Z"));
  }

  private static Ruled times(String rule, String word, Node... times) {
    return Ruled.certificate(
        rule, CertificateRecipe.issuedBy(ROOT, OTHER_RSA).validity(Der.sequence(times)), word);
  }

  private static List<Ruled> utc() {
    List<Ruled> rows = new ArrayList<>();
    for (String good :
        List.of(
            "700101000000Z",
            "991231235959Z",
            "000101000000Z",
            "491231235959Z",
            "200131000000Z",
            "200229000000Z",
            "200430000000Z",
            "201231000000Z",
            "200101240000Z",
            "200101245960Z",
            "200101000060Z",
            "200101005900Z")) {
      rows.add(of(Der.UTC_TIME, good, OK));
    }
    for (String bad :
        List.of(
            "500101000000Z",
            "691231235959Z",
            "200001000000Z",
            "201301000000Z",
            "200100000000Z",
            "200132000000Z",
            "200230000000Z",
            "210229000000Z",
            "200431000000Z",
            "200101250000Z",
            "200101006000Z",
            "200101000061Z",
            "200101000000z",
            "2001010000000",
            "20010100000Z",
            "20010100000000Z",
            "/00101000000Z",
            ":00101000000Z",
            "2/0101000000Z",
            "2:0101000000Z",
            "20200101000000Z",
            "20550101000000Z",
            "200101000000+0000Z",
            "")) {
      rows.add(of(Der.UTC_TIME, bad, BAD));
    }
    return rows;
  }

  private static List<Ruled> generalized() {
    List<Ruled> rows = new ArrayList<>();
    for (String good :
        List.of("20500101000000Z", "99991231235959Z", "20960229000000Z", "24000229000000Z")) {
      rows.add(of(Der.GENERALIZED_TIME, good, OK));
    }
    for (String bad :
        List.of(
            "19491231235959Z",
            "19500101000000Z",
            "20200101000000Z",
            "20491231235959Z",
            "21000229000000Z",
            "00010101000000Z",
            "200101000000Z",
            "20500101000000.0Z")) {
      rows.add(of(Der.GENERALIZED_TIME, bad, BAD));
    }
    rows.add(of(0x16, "200101000000Z", BAD));
    return rows;
  }

  private static List<Ruled> validity() {
    Node early = Der.text(Der.UTC_TIME, "200101000000Z");
    Node late = Der.text(Der.UTC_TIME, "300101000000Z");
    Node wrong = Der.text(Der.UTC_TIME, "500101000000Z");
    return List.of(
        times("ends before it begins", OK, late, early),
        times("one time", OK, early),
        times("second time is wrong", BAD, early, wrong),
        times("no time", BAD),
        times("three times", BAD, early, late, late));
  }

  /** Signed by a certificate of that validity inside, at that time; nobody is trusted. */
  private static Ruled signedAt(String begin, String end, String time, String word) {
    Certificate certificate =
        CertificateRecipe.root(OTHER_RSA).validity(CertificateRecipe.validity(begin, end)).make();
    Node at = attribute("1.2.840.113549.1.9.5", Der.text(Der.UTC_TIME, time));
    return Ruled.message(
        "from %s to %s, signed %s".formatted(begin, end, time),
        CheckLab.by(
                signer(certificate)
                    .byIssuer()
                    .attributes(contentType(), at, messageDigest(CheckLab.PROGRAM)))
            .inside(certificate.tree()),
        word);
  }

  private static List<Ruled> signingTimes() {
    String begin = "200101000000Z";
    String end = "300101000000Z";
    return List.of(
        signedAt(begin, end, "200101000000Z", "ENOKEY"),
        signedAt(begin, end, "191231235959Z", "EKEYREJECTED"),
        signedAt(begin, end, "300101000000Z", "ENOKEY"),
        signedAt(begin, end, "300101000001Z", "EKEYREJECTED"),
        signedAt(begin, "200301240000Z", "200302000000Z", "ENOKEY"),
        signedAt(begin, "200301240000Z", "200302000001Z", "EKEYREJECTED"),
        signedAt(begin, "200228235960Z", "200229000000Z", "ENOKEY"),
        signedAt(begin, "200228235960Z", "200229000001Z", "EKEYREJECTED"),
        signedAt("200101000159Z", end, "200101000200Z", "ENOKEY"),
        signedAt("200101000200Z", end, "200101000159Z", "EKEYREJECTED"),
        signedAt("200101010000Z", end, "200101005959Z", "EKEYREJECTED"),
        signedAt("200201000000Z", end, "200131235959Z", "EKEYREJECTED"),
        Ruled.message(
            "signing time, but the signer's certificate is not inside",
            CheckLab.by(
                signer(ROOT)
                    .attributes(
                        contentType(),
                        attribute("1.2.840.113549.1.9.5", Der.text(Der.UTC_TIME, "190101000000Z")),
                        messageDigest(CheckLab.PROGRAM))),
            "OK",
            ROOT),
        Ruled.message("no signing time, expired", inside(expired()), "ENOKEY"));
  }

  private static Certificate expired() {
    return CertificateRecipe.root(OTHER_RSA)
        .validity(CertificateRecipe.validity("000101000000Z", "010101000000Z"))
        .make();
  }
}
