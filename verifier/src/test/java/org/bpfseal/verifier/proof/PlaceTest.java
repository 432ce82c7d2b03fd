// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfseal.verifier.proof.CertificateRecipe.extension;
import static org.bpfseal.verifier.proof.CheckLab.KEYS;
import static org.bpfseal.verifier.proof.CheckLab.NEW;
import static org.bpfseal.verifier.proof.CheckLab.PROGRAM;
import static org.bpfseal.verifier.proof.CheckLab.ROOT;
import static org.bpfseal.verifier.proof.CheckLab.by;
import static org.bpfseal.verifier.proof.CheckLab.inside;
import static org.bpfseal.verifier.proof.CheckLab.load;
import static org.bpfseal.verifier.proof.CheckLab.part;
import static org.bpfseal.verifier.proof.CheckLab.signature;
import static org.bpfseal.verifier.proof.CheckLab.signer;
import static org.bpfseal.verifier.proof.CheckLab.signerPart;
import static org.bpfseal.verifier.proof.MessageRecipe.contentType;
import static org.bpfseal.verifier.proof.MessageRecipe.messageDigest;

import java.util.List;
import org.bpfseal.verifier.Finding;
import org.bpfseal.verifier.Verdict;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.keyring.Keyring;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The byte that a finding names is the byte at fault, counted from the start of the message. */
class PlaceTest {
  private static final LabKey EC = KEYS.key("ec secp256r1 0");
  private static final Certificate EC_ROOT = CertificateRecipe.root(EC).make();
  private static final Certificate SMALL =
      CertificateRecipe.issuedBy(ROOT, KEYS.key("rsa 768 0")).make();
  private static final Bytes SHA3 = Encoding.of(Der.oid(Hash.SHA3_256.oid));

  /** What stands at the place: its octets. */
  record Row(String path, MessageRecipe message, Bytes octets) {
    @Override
    public String toString() {
      return path;
    }
  }

  /** With its issuer behind it, which nobody knows either. */
  private static MessageRecipe chained(Certificate leaf) {
    return by(signer(leaf).byIssuer()).inside(leaf.tree(), ROOT.tree());
  }

  static List<Row> rows() {
    Certificate bySerial =
        CertificateRecipe.issuedBy(ROOT, EC)
            .extending(
                extension(
                    "2.5.29.35",
                    Der.sequence(
                        Der.context(1, Der.context(4, ROOT.subject())),
                        Der.context(2, Bytes.of((byte) 1)))))
            .make();
    String info = "signature / signerInfos[0]";
    Node other = Der.octets(Bytes.hex("07"));
    Bytes odd = Encoding.of(other);
    Bytes zero = Bytes.hex("3006020100020101");
    Bytes content = Encoding.of(Der.octets(PROGRAM));
    Bytes key = Encoding.of(KEYS.key("rsa 768 0").publicKey());
    return List.of(
        new Row(info + " / sid", by(signer(ROOT)), ROOT.skid()),
        new Row(info + " / digestAlgorithm", by(signer(ROOT).hash(Hash.SHA3_256)), SHA3.from(2)),
        new Row(
            info + " / signature / ECDSA-Sig-Value / s",
            inside(EC_ROOT).changed(signature(Bytes.hex("30050201010200"))),
            Bytes.EMPTY),
        new Row(info + " / signature", inside(EC_ROOT).changed(signature(zero)), zero),
        new Row(
            "signature / encapContentInfo / eContent",
            by(signer(ROOT)).carryingContent(),
            content.from(2)),
        new Row(
            "signature / certificates[0] / tbsCertificate / subjectPublicKeyInfo / subjectPublicKey",
            inside(SMALL),
            key.from(key.size() - 106)),
        new Row("signature / certificates[0]", inside(EC_ROOT), EC_ROOT.der()),
        new Row("signature / certificates[1]", chained(bySerial), ROOT.der()),
        new Row(
            info + " / signedAttrs",
            by(signer(ROOT).attributes(contentType(), messageDigest(Bytes.EMPTY))),
            Bytes.hex("301806092a864886f70d010903")),
        // What stands where one of several should: the next element would refuse it, too.
        new Row("signature / digestAlgorithms", by(signer(ROOT)).changed(part(1, other)), odd),
        new Row("signature / signerInfos", by(signer(ROOT)).changed(part(3, other)), odd),
        new Row(info + " / sid", by(signer(ROOT)).changed(signerPart(1, other)), odd));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void namesTheByteAtFault(Row row) {
    Bytes message = row.message().make();
    Verdict verdict = load(NEW, message, Keyring.empty("nobody"));
    Finding finding = ((Verdict.Rejected) verdict).decisive();
    assertThat(finding.path()).isEqualTo(row.path());
    assertThat(message.from((int) finding.offset().getAsLong()).toHex())
        .startsWith(row.octets().toHex());
  }
}
