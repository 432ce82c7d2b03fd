// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import org.bpfseal.verifier.Check;
import org.bpfseal.verifier.Refusal;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * Pure ML-DSA with an empty context (FIPS 204) as lib/crypto/mldsa.c does it, by the JDK.
 *
 * <p>The kernel tells a malformed signature from a wrong one, so what FIPS 204 refuses while it
 * decodes a signature (algorithm 27) is looked at here.
 */
final class MldsaCheck {
  private MldsaCheck() {}

  static void verify(PublicKey key, SignedValue value) throws Refusal {
    MldsaParameters parameters = MldsaParameters.of(key.algorithm());
    if (key.bits().size() != parameters.keyLength()) {
      throw Refusal.at(
          Check.MLDSA_KEY_LENGTH, key.place(), key.bits().size(), parameters.keyLength());
    }
    parameters.requireDecodable(value);
    if (!holds(parameters, key.bits(), value)) {
      throw Refusal.at(Check.MLDSA_SIGNATURE, value.place());
    }
  }

  private static boolean holds(MldsaParameters parameters, Bytes key, SignedValue value) {
    try {
      Bytes encoded = Bytes.concat(parameters.spkiPrefix(), key);
      Signature signature = Signature.getInstance(parameters.jdkName());
      signature.initVerify(
          KeyFactory.getInstance(parameters.jdkName())
              .generatePublic(new X509EncodedKeySpec(encoded.toArray())));
      signature.update(value.message().orElse(Bytes.EMPTY).buffer());
      return signature.verify(value.signature().toArray());
    } catch (GeneralSecurityException e) {
      // Lengths and encoding are right by now, so this is the JDK's way to say no.
      return false;
    }
  }
}
