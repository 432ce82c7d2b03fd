// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.crypto;

import org.bpfseal.verifier.Check;
import org.bpfseal.verifier.Refusal;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * The parameter sets of ML-DSA. FIPS 204, section 4.
 *
 * <p>A signature is: challenge hash (32, 48 or 64 bytes) ‖ l polynomials of 256 coefficients with
 * 18 or 20 bits, little-endian ‖ hint: ω positions, then k running counts.
 */
enum MldsaParameters {
  MLDSA_44("ML-DSA-44", 17, 1312, 2420, 32, 4, 4, 18, 78, 80),
  MLDSA_65("ML-DSA-65", 18, 1952, 3309, 48, 6, 5, 20, 196, 55),
  MLDSA_87("ML-DSA-87", 19, 2592, 4627, 64, 8, 7, 20, 120, 75);

  private static final int COEFFICIENTS = 256;

  private final String jdkName;
  private final int oidArc;
  private final int keyLength;
  private final int signatureLength;
  private final int challengeLength;
  private final int k;
  private final int l;
  private final int bits;
  private final int beta;
  private final int omega;

  MldsaParameters(
      String jdkName,
      int oidArc,
      int keyLength,
      int signatureLength,
      int challengeLength,
      int k,
      int l,
      int bits,
      int beta,
      int omega) {
    this.jdkName = jdkName;
    this.oidArc = oidArc;
    this.keyLength = keyLength;
    this.signatureLength = signatureLength;
    this.challengeLength = challengeLength;
    this.k = k;
    this.l = l;
    this.bits = bits;
    this.beta = beta;
    this.omega = omega;
  }

  static MldsaParameters of(KeyAlgorithm algorithm) {
    return switch (algorithm) {
      case MLDSA_44 -> MLDSA_44;
      case MLDSA_65 -> MLDSA_65;
      case MLDSA_87 -> MLDSA_87;
      case RSA, ECDSA_P192, ECDSA_P256, ECDSA_P384, ECDSA_P521, ECRDSA ->
          throw new IllegalArgumentException("not ML-DSA: " + algorithm);
    };
  }

  String jdkName() {
    return jdkName;
  }

  int keyLength() {
    return keyLength;
  }

  /** What stands before the key's octets in a SubjectPublicKeyInfo. */
  Bytes spkiPrefix() {
    int bitString = keyLength + 1;
    return Bytes.hex(
        "3082%04x300b06096086480165030403%02x0382%04x00"
            .formatted(bitString + 4 + 13, oidArc, bitString));
  }

  /** Refuses what can't be decoded, whatever key and message are. */
  void requireDecodable(SignedValue value) throws Refusal {
    Bytes signature = value.signature();
    if (signature.size() != signatureLength) {
      throw Refusal.at(
          Check.MLDSA_ENCODING,
          value.place(),
          "it has " + signature.size() + " bytes, not " + signatureLength);
    }
    int hint = challengeLength + l * COEFFICIENTS * bits / 8;
    if (!coefficientsInRange(signature.slice(challengeLength, hint))) {
      throw Refusal.at(Check.MLDSA_ENCODING, value.place(), "a coefficient is out of range");
    }
    if (!hintInOrder(signature.from(hint))) {
      throw Refusal.at(Check.MLDSA_ENCODING, value.place(), "the hint is not in order");
    }
  }

  private boolean coefficientsInRange(Bytes z) {
    int gamma1 = 1 << (bits - 1);
    int bound = gamma1 - beta;
    long buffer = 0;
    int held = 0;
    for (int i = 0; i < z.size(); i++) {
      buffer |= (long) z.at(i) << held;
      held += 8;
      if (held >= bits) {
        int coefficient = gamma1 - (int) (buffer & ((1L << bits) - 1));
        if (Math.abs(coefficient) >= bound) {
          return false;
        }
        buffer >>>= bits;
        held -= bits;
      }
    }
    return true;
  }

  private boolean hintInOrder(Bytes hint) {
    int index = 0;
    for (int i = 0; i < k; i++) {
      int count = hint.at(omega + i);
      if (count < index || count > omega) {
        return false;
      }
      int previous = -1;
      for (; index < count; index++) {
        if (hint.at(index) <= previous) {
          return false;
        }
        previous = hint.at(index);
      }
    }
    while (index < omega && hint.at(index) == 0) {
      index++;
    }
    return index == omega;
  }
}
