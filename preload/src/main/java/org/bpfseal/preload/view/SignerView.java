// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.view;

import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.Refusal;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.pkcs7.SignedDataReader;
import org.bpfseal.verifier.pkcs7.SignerInfo;

/**
 * Whom a signature names as its first signer. Nothing is verified by it.
 *
 * @param id in hex: the SKID, or serial number and issuer
 * @param algorithm of the signature and its digest
 * @param certificate of the image that has this id
 */
public record SignerView(String id, String algorithm, Optional<CertificateView> certificate) {
  /** Empty if the message can't be read. */
  static Optional<SignerView> of(
      Bytes message, KernelProfile profile, List<CertificateView> known) {
    try {
      SignerInfo signer = SignedDataReader.read(profile, message).signers().getFirst();
      return Optional.of(
          new SignerView(
              signer.identifier().toHex(),
              signer.scheme() + " with " + signer.digest().kernelName(),
              known.stream()
                  .filter(
                      each -> each.key().filter(k -> k.answersTo(signer.identifier())).isPresent())
                  .findFirst()));
    } catch (Refusal e) {
      return Optional.empty();
    }
  }

  /** The certificate's subject, or the id where the image doesn't have it. */
  public String name() {
    return certificate.map(CertificateView::subject).orElse("id " + id);
  }
}
