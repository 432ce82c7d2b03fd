// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import static org.bpfseal.verifier.proof.CheckLab.OTHER_RSA;
import static org.bpfseal.verifier.proof.CheckLab.ROOT;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bpfseal.verifier.bytes.Bytes;

/** Contents of the extensions that the kernel looks at: x509_process_extension(). */
final class ExtensionRules {
  private static final String SKID = "2.5.29.14";
  private static final String KEY_USAGE = "2.5.29.15";
  private static final String CONSTRAINTS = "2.5.29.19";
  private static final String OK = "OK";
  private static final String BAD = "EBADMSG";

  private ExtensionRules() {}

  static List<Ruled> all() {
    List<Ruled> all = new ArrayList<>();
    all.addAll(values(SKID, "skid", skids()));
    all.addAll(values(KEY_USAGE, "key usage", keyUsages()));
    all.addAll(values(CONSTRAINTS, "constraints", constraints()));
    all.addAll(shapes());
    return all;
  }

  private static Map<String, String> skids() {
    Map<String, String> values = new TreeMap<>();
    values.put("0401aa", OK);
    values.put("0480" + "aa".repeat(128), OK);
    values.put("04ff" + "aa".repeat(255), OK);
    values.put("0400", BAD);
    values.put("0401", BAD);
    values.put("0402aa", BAD);
    values.put("0401aabb", BAD);
    values.put("0501aa", BAD);
    values.put("", BAD);
    values.put("048180" + "aa".repeat(128), OK);
    values.put("048181" + "aa".repeat(129), BAD);
    return values;
  }

  private static Map<String, String> keyUsages() {
    Map<String, String> values = new TreeMap<>();
    values.put("03020780", OK);
    values.put("03020080", OK);
    values.put("0303078000", OK);
    values.put("03ff078000", OK);
    values.put("030780", BAD);
    values.put("03020880", BAD);
    values.put("03028080", BAD);
    values.put("04020780", BAD);
    values.put("", BAD);
    return values;
  }

  private static Map<String, String> constraints() {
    Map<String, String> values = new TreeMap<>();
    values.put("3000", OK);
    values.put("30030101ff", OK);
    values.put("30060101ff020100", OK);
    values.put("30050101ffaabb", OK);
    values.put("", BAD);
    values.put("30", BAD);
    values.put("3001", BAD);
    values.put("3100", BAD);
    values.put("300101", BAD);
    values.put("30020101", BAD);
    values.put("3003010100", BAD);
    values.put("3003010101", BAD);
    values.put("30030102ff", BAD);
    values.put("30030201ff", BAD);
    values.put("30040101ff", BAD);
    values.put("30020101ff", BAD);
    values.put("3081030101ff", BAD);
    return values;
  }

  private static List<Ruled> values(String oid, String name, Map<String, String> words) {
    List<Ruled> rows = new ArrayList<>();
    words.forEach(
        (hex, word) -> {
          String shown = hex.length() > 20 ? hex.substring(0, 20) + "…" : hex;
          rows.add(of(name + " " + shown, word, extension(oid, hex)));
        });
    return rows;
  }

  static Node extension(String oid, String hex) {
    return Der.sequence(Der.oid(oid), Der.octets(Bytes.hex(hex)));
  }

  private static Ruled of(String rule, String word, Node... extensions) {
    return Ruled.certificate(
        rule, CertificateRecipe.issuedBy(ROOT, OTHER_RSA).extensions(extensions), word);
  }

  private static List<Ruled> shapes() {
    Node value = Der.octets(Bytes.hex("0401aa"));
    Node skid = Der.oid(SKID);
    Node unknown = Der.oid("1.2.3.4");
    Node yes = Node.of(Der.BOOLEAN, Bytes.hex("ff"));
    return List.of(
        of("extensions without any", BAD),
        of("critical", OK, Der.sequence(skid, yes, value)),
        of("critical of three octets", OK, Der.sequence(skid, yes.holdingOctets("010203"), value)),
        of("critical twice", BAD, Der.sequence(skid, yes, yes, value)),
        of("unknown and critical", OK, Der.sequence(unknown, yes, value)),
        of("no value", BAD, Der.sequence(unknown, yes)),
        of("something behind the value", BAD, Der.sequence(unknown, value, Der.nothing())),
        of("value is a bit string", BAD, Der.sequence(unknown, Der.bits(Bytes.EMPTY))),
        of("unknown twice", OK, Der.sequence(unknown, value), Der.sequence(unknown, value)),
        of("skid twice", BAD, Der.sequence(skid, value), Der.sequence(skid, value)),
        of(
            "padded OID is unknown",
            OK,
            Der.sequence(Node.of(Der.OID, Bytes.hex("5580001d0e")), Der.octets(Bytes.EMPTY))));
  }
}
