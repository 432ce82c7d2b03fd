// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.x509;

import java.util.Optional;
import org.bpfseal.verifier.Check;
import org.bpfseal.verifier.Errno;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.Refusal;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.crypto.Digests;
import org.bpfseal.verifier.crypto.HashAlgorithm;
import org.bpfseal.verifier.crypto.SignatureCheck;
import org.bpfseal.verifier.crypto.SignedValue;

/**
 * What the kernel finds out about a certificate once it is decoded: blacklist, available hash, own
 * signature. Mirrors crypto/asymmetric_keys/x509_public_key.c.
 */
public final class CertificateStatus {
  private CertificateStatus() {}

  /** The issuer's signature, ready to be verified by a candidate's key. */
  public static SignedValue signedValue(KernelProfile profile, Certificate certificate) {
    Certificate.IssuerSignature signature = certificate.signature();
    Optional<HashAlgorithm> hash = signature.hash();
    Optional<Bytes> message =
        hash.isEmpty()
            ? Optional.of(certificate.tbs())
            : hash.filter(profile::has).map(known -> Digests.of(known, certificate.tbs()));
    return new SignedValue(signature.scheme(), hash, message, signature.value(), signature.place());
  }

  /** The blacklist's entry for a certificate, if it has one. */
  public static Optional<String> blacklistEntry(KernelProfile profile, Certificate certificate) {
    if (!profile.hasBlacklist()) {
      return Optional.empty();
    }
    Optional<HashAlgorithm> hash =
        profile.blacklistsBySha256()
            ? Optional.of(HashAlgorithm.SHA256)
            : certificate.signature().hash().filter(profile::has);
    return hash.map(known -> "tbs:" + Digests.of(known, certificate.tbs()).toHex())
        .filter(profile::blacklists);
  }

  static Certificate.Status of(KernelProfile profile, Certificate certificate) throws Refusal {
    boolean blacklisted = blacklistEntry(profile, certificate).isPresent();
    boolean unsupported = !certificate.signature().hash().map(profile::has).orElse(true);
    if (!namesItself(certificate) || unsupported) {
      return new Certificate.Status(false, unsupported, blacklisted);
    }
    try {
      SignatureCheck.verify(profile, certificate.publicKey(), signedValue(profile, certificate));
    } catch (Refusal refusal) {
      if (refusal.finding().errno() == Errno.ENOPKG) {
        return new Certificate.Status(false, true, blacklisted);
      }
      throw refusal;
    }
    return new Certificate.Status(true, false, blacklisted);
  }

  /** True if subject and issuer are the same octets, and the authority, where given, is itself. */
  private static boolean namesItself(Certificate certificate) throws Refusal {
    if (!certificate.subject().equals(certificate.issuer())) {
      return false;
    }
    Certificate.Authority authority = certificate.authority();
    if (!authority.isPresent()) {
      return true;
    }
    boolean bySkid = authority.keyId().isPresent() && authority.keyId().equals(certificate.skid());
    boolean bySerial = authority.issuerAndSerial().equals(Optional.of(certificate.id()));
    boolean both = authority.keyId().isPresent() && authority.issuerAndSerial().isPresent();
    if (bySkid != bySerial && both) {
      throw Refusal.at(Check.CERTIFICATE_SELF_ISSUER, certificate.place());
    }
    return bySkid || bySerial;
  }
}
