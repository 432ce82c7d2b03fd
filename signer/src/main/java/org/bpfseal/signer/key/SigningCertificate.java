// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key;

import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * The certificate that the kernel will find the signer by.
 *
 * @param der the whole certificate
 * @param subject its subject's name, as RFC 4514 text
 * @param skid the subject key identifier, without its OCTET STRING header
 * @param issuerDer the issuer's name, as it stands in the certificate
 * @param publicKey what must match the private key
 * @param maySign false if its key usage allows certificates and CRLs only
 */
public record SigningCertificate(
    Bytes der,
    String subject,
    Bytes skid,
    Bytes issuerDer,
    BigInteger serial,
    SigningPublicKey publicKey,
    Instant notBefore,
    Instant notAfter,
    boolean maySign) {
  /** What should be said about it before it is used. The kernel reads no clock and no usage. */
  public List<String> advice(Instant now) {
    List<String> advice = new ArrayList<>();
    if (now.isAfter(notAfter)) {
      advice.add("the certificate ended " + day(notAfter) + "; the kernel doesn't look at that");
    }
    if (now.isBefore(notBefore)) {
      advice.add("the certificate begins " + day(notBefore) + "; the kernel doesn't look at that");
    }
    if (!maySign) {
      advice.add(
          "the certificate's key usage doesn't allow signatures over data (a CA's certificate?);"
              + " the kernel doesn't look at that");
    }
    if (publicKey instanceof SigningPublicKey.MlDsa) {
      advice.add(
          publicKey.describe()
              + " is verified by kernels from 7.0 on that were built with CONFIG_CRYPTO_MLDSA only");
    }
    return List.copyOf(advice);
  }

  private static String day(Instant time) {
    return time.atZone(ZoneOffset.UTC).toLocalDate().toString();
  }
}
