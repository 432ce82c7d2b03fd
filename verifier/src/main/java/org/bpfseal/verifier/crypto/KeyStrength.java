// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.crypto;

import java.math.BigInteger;
import org.bpfseal.verifier.Refusal;
import org.bpfseal.verifier.ber.BerReader;

/** How strong a key is; the kernel never asks. NIST SP 800-131A revision 2. */
public final class KeyStrength {
  private static final int LEAST_RSA_BITS = 2048;

  private KeyStrength() {}

  /** True for RSA below 2048 bits and for P-192. */
  public static boolean isWeak(PublicKey key) {
    return key.algorithm() == KeyAlgorithm.ECDSA_P192
        || (key.algorithm() == KeyAlgorithm.RSA && modulusBits(key) < LEAST_RSA_BITS);
  }

  /** The algorithm, for RSA with its size. */
  public static String describe(PublicKey key) {
    return key.algorithm() == KeyAlgorithm.RSA
        ? "RSA-" + modulusBits(key)
        : key.algorithm().toString();
  }

  /** 0 for a key that can't be read. */
  private static int modulusBits(PublicKey key) {
    try {
      BerReader reader = BerReader.of(key.bits(), "subjectPublicKey", 0);
      reader.open(0x30, "");
      return new BigInteger(1, reader.primitive(0x02, "modulus").contents().toArray()).bitLength();
    } catch (Refusal refusal) {
      return 0;
    }
  }
}
