// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.crypto;

import java.util.Optional;
import org.bpfseal.verifier.Check;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.Refusal;

/**
 * Verifies one signature by one key, with the kernel's errno for each way to fail.
 *
 * <p>Mirrors {@code public_key_verify_signature()} of crypto/asymmetric_keys/public_key.c.
 */
public final class SignatureCheck {
  private SignatureCheck() {}

  /**
   * Returns if the signature is by that key over that message.
   *
   * @throws Refusal about the key or the signature, whichever is at fault
   */
  public static void verify(KernelProfile profile, PublicKey key, SignedValue value)
      throws Refusal {
    if (!value.scheme().fits(key.algorithm())) {
      throw Refusal.at(Check.KEY_ALGORITHM_DIFFERS, value.place(), value.scheme(), key.algorithm());
    }
    if (!hashFits(key.algorithm(), value.hash())) {
      throw Refusal.at(Check.KEY_DIGEST_UNFIT, value.place(), hashName(value), key.algorithm());
    }
    if (!profile.has(key.algorithm())) {
      throw Refusal.at(Check.KEY_ALGORITHM_NOT_BUILT, key.place(), key.algorithm());
    }
    switch (key.algorithm()) {
      case RSA -> RsaCheck.verify(profile, key, value);
      case ECDSA_P192, ECDSA_P256, ECDSA_P384, ECDSA_P521 -> EcdsaCheck.verify(key, value);
      case ECRDSA -> EcrdsaCheck.verify(profile, key, value);
      case MLDSA_44, MLDSA_65, MLDSA_87 -> MldsaCheck.verify(key, value);
    }
  }

  private static boolean hashFits(KeyAlgorithm key, Optional<HashAlgorithm> hash) {
    return switch (key) {
      case RSA -> hash.isPresent() && DigestInfo.prefix(hash.get()).isPresent();
      case ECDSA_P192, ECDSA_P256, ECDSA_P384, ECDSA_P521 ->
          hash.isPresent() && DigestInfo.prefix(hash.get()).isPresent();
      case ECRDSA -> hash.isPresent() && isStreebog(hash.get());
      case MLDSA_44, MLDSA_65, MLDSA_87 -> hash.isEmpty() || hash.get() == HashAlgorithm.SHA512;
    };
  }

  private static boolean isStreebog(HashAlgorithm hash) {
    return hash == HashAlgorithm.STREEBOG_256 || hash == HashAlgorithm.STREEBOG_512;
  }

  private static String hashName(SignedValue value) {
    return value.hash().map(HashAlgorithm::toString).orElse("none");
  }
}
