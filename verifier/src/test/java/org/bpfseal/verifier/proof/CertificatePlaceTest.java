// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfseal.verifier.proof.CertificateRecipe.extension;
import static org.bpfseal.verifier.proof.CheckLab.KEYS;
import static org.bpfseal.verifier.proof.CheckLab.NEW;
import static org.bpfseal.verifier.proof.CheckLab.OLD;
import static org.bpfseal.verifier.proof.CheckLab.ROOT;
import static org.bpfseal.verifier.proof.CheckLab.add;
import static org.bpfseal.verifier.proof.CheckLab.replaced;
import static org.bpfseal.verifier.proof.CheckLab.ring;

import java.util.List;
import org.bpfseal.verifier.Check;
import org.bpfseal.verifier.Finding;
import org.bpfseal.verifier.Verdict;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.keyring.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of a certificate: the byte at fault, and the name under which it is a key. */
class CertificatePlaceTest {
  private static final LabKey EC = KEYS.key("ec secp256r1 0");

  /** What stands at the place: its octets. */
  record Row(String path, Bytes certificate, Bytes octets) {
    @Override
    public String toString() {
      return path;
    }
  }

  static List<Row> rows() {
    Node other = Der.octets(Bytes.hex("07"));
    Bytes odd = Encoding.of(other);
    Node time = Der.text(Der.UTC_TIME, "491231235959Z");
    CertificateRecipe recipe = CertificateRecipe.root(EC);
    Node root = ROOT.tree();
    Bytes value = Bytes.hex("010203");
    return List.of(
        new Row("notBefore", der(recipe.validity(Der.sequence(other, time))), odd),
        new Row("notAfter", der(recipe.validity(Der.sequence(time, other))), odd),
        new Row("extnValue", der(recipe.extending(extension("2.5.29.35", other))), odd),
        new Row(
            "signatureValue",
            Encoding.of(root.with(replaced(root.nodes(), 2, Der.bits(value)))),
            value));
  }

  private static Bytes der(CertificateRecipe recipe) {
    return recipe.make().der();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void namesTheByteAtFault(Row row) {
    Finding finding = ((Verdict.Rejected) add(NEW, row.certificate())).decisive();
    assertThat(finding.path()).endsWith(row.path());
    assertThat(row.certificate().from((int) finding.offset().getAsLong()).toHex())
        .startsWith(row.octets().toHex());
  }

  @Test
  void onlyNewKernelsKnowMlDsa() {
    Bytes certificate = der(CertificateRecipe.root(KEYS.key("mldsa 44 0")));
    assertThat(((Verdict.Rejected) add(OLD, certificate)).decisive().check())
        .isEqualTo(Check.CERTIFICATE_ALGORITHM);
  }

  /** x509_key_preparse(): subject, colon, blank, and the subject key identifier in hex. */
  @Test
  void isAKeyByItsNameAndIdentifier() {
    assertThat(ring(NEW, ROOT).keys())
        .extracting(Key::description)
        .containsExactly(Bytes.utf8("Example Root: " + ROOT.skid().toHex()));
  }
}
