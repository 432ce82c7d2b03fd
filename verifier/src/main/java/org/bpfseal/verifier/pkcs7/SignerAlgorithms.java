// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.pkcs7;

import java.util.Optional;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.ber.Oid;
import org.bpfseal.verifier.crypto.HashAlgorithm;
import org.bpfseal.verifier.crypto.SignatureScheme;

/**
 * The algorithms that a SignerInfo may name. {@code pkcs7_sig_note_digest_algo()} and {@code
 * pkcs7_sig_note_pkey_algo()} of crypto/asymmetric_keys/pkcs7_parser.c.
 */
final class SignerAlgorithms {
  private SignerAlgorithms() {}

  static Optional<HashAlgorithm> hash(Oid oid) {
    return switch (oid) {
      case SHA1 -> Optional.of(HashAlgorithm.SHA1);
      case SHA224 -> Optional.of(HashAlgorithm.SHA224);
      case SHA256 -> Optional.of(HashAlgorithm.SHA256);
      case SHA384 -> Optional.of(HashAlgorithm.SHA384);
      case SHA512 -> Optional.of(HashAlgorithm.SHA512);
      case SHA3_256 -> Optional.of(HashAlgorithm.SHA3_256);
      case SHA3_384 -> Optional.of(HashAlgorithm.SHA3_384);
      case SHA3_512 -> Optional.of(HashAlgorithm.SHA3_512);
      case SM3 -> Optional.of(HashAlgorithm.SM3);
      case STREEBOG_256 -> Optional.of(HashAlgorithm.STREEBOG_256);
      case STREEBOG_512 -> Optional.of(HashAlgorithm.STREEBOG_512);
      default -> Optional.empty();
    };
  }

  /** Hash-specific RSA identifiers are none of them. */
  static Optional<SignatureScheme> scheme(KernelProfile profile, Oid oid) {
    return switch (oid) {
      case RSA_ENCRYPTION -> Optional.of(SignatureScheme.RSA);
      case ECDSA_SHA1,
          ECDSA_SHA224,
          ECDSA_SHA256,
          ECDSA_SHA384,
          ECDSA_SHA512,
          ECDSA_SHA3_256,
          ECDSA_SHA3_384,
          ECDSA_SHA3_512 ->
          Optional.of(SignatureScheme.ECDSA);
      case GOST_KEY_256, GOST_KEY_512 -> Optional.of(SignatureScheme.ECRDSA);
      case MLDSA_44 -> mlDsa(profile, SignatureScheme.MLDSA_44);
      case MLDSA_65 -> mlDsa(profile, SignatureScheme.MLDSA_65);
      case MLDSA_87 -> mlDsa(profile, SignatureScheme.MLDSA_87);
      default -> Optional.empty();
    };
  }

  /** The hash that an ECDSA identifier names beside the scheme. */
  static Optional<HashAlgorithm> namedHash(Oid oid) {
    return switch (oid) {
      case ECDSA_SHA1 -> Optional.of(HashAlgorithm.SHA1);
      case ECDSA_SHA224 -> Optional.of(HashAlgorithm.SHA224);
      case ECDSA_SHA256 -> Optional.of(HashAlgorithm.SHA256);
      case ECDSA_SHA384 -> Optional.of(HashAlgorithm.SHA384);
      case ECDSA_SHA512 -> Optional.of(HashAlgorithm.SHA512);
      case ECDSA_SHA3_256 -> Optional.of(HashAlgorithm.SHA3_256);
      case ECDSA_SHA3_384 -> Optional.of(HashAlgorithm.SHA3_384);
      case ECDSA_SHA3_512 -> Optional.of(HashAlgorithm.SHA3_512);
      default -> Optional.empty();
    };
  }

  private static Optional<SignatureScheme> mlDsa(KernelProfile profile, SignatureScheme scheme) {
    return profile.knowsMlDsa() ? Optional.of(scheme) : Optional.empty();
  }
}
