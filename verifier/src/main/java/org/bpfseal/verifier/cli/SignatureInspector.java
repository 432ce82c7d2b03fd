// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.KernelRelease;
import org.bpfseal.verifier.Refusal;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.pkcs7.SignedData;
import org.bpfseal.verifier.pkcs7.SignedDataReader;
import org.bpfseal.verifier.pkcs7.SignerInfo;
import org.bpfseal.verifier.x509.Certificate;

/** A CMS message as the newest kernel reads it: who signed with what. */
final class SignatureInspector {
  private static final KernelProfile PROFILE =
      KernelProfile.debianCloud(KernelRelease.series(7, 3));

  private SignatureInspector() {}

  static Inspection inspect(Bytes message) throws CommandFailure {
    return new Inspection("signature", rows(message));
  }

  /** One row a signer and a certificate. */
  static List<Inspection.Row> rows(Bytes message) throws CommandFailure {
    try {
      SignedData signed = SignedDataReader.read(PROFILE, message);
      List<Inspection.Row> rows = new ArrayList<>();
      signed.signers().forEach(signer -> rows.add(signer(signer)));
      signed.certificates().forEach(certificate -> rows.add(certificate(certificate)));
      return rows;
    } catch (Refusal e) {
      throw new CommandFailure(ExitCode.UNREADABLE, "signature: " + e.getMessage());
    }
  }

  /** One row a signer, that of a form; a fault is a row too, since nothing is verified. */
  static List<Inspection.Row> signers(String form, Bytes message) {
    try {
      return SignedDataReader.read(PROFILE, message).signers().stream()
          .map(signer -> signer(signer).withFirst("generation", form))
          .toList();
    } catch (Refusal e) {
      String problem = String.valueOf(e.getMessage());
      Map<String, Object> fields = Inspection.fields("problem", problem);
      return List.of(
          new Inspection.Row("signer", List.of("unreadable: " + problem), fields)
              .withFirst("generation", form));
    }
  }

  private static Inspection.Row signer(SignerInfo signer) {
    String attributes = signer.attributes().isPresent() ? "signed attributes" : "no attributes";
    return new Inspection.Row(
        "signer",
        List.of(
            signer.scheme().toString(),
            signer.digest().kernelName(),
            attributes,
            "id " + signer.identifier().toHex()),
        Inspection.fields(
            "id", signer.identifier().toHex(),
            "scheme", signer.scheme().toString(),
            "digest", signer.digest().kernelName(),
            "signedAttributes", signer.attributes().isPresent()));
  }

  private static Inspection.Row certificate(Certificate certificate) {
    String skid = certificate.skid().map(Bytes::toHex).orElse("");
    return new Inspection.Row(
        "certificate",
        List.of(certificate.subjectName().toUtf8(), "SKID " + skid),
        Inspection.fields("subject", certificate.subjectName().toUtf8(), "skid", skid));
  }
}
