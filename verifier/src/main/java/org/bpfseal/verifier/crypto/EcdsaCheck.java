// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.crypto;

import java.math.BigInteger;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bpfseal.verifier.Check;
import org.bpfseal.verifier.Place;
import org.bpfseal.verifier.Refusal;
import org.bpfseal.verifier.ber.BerElement;
import org.bpfseal.verifier.ber.BerReader;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * ECDSA on the NIST curves with the X9.62 encoding, as crypto/ecdsa.c and crypto/ecdsa-x962.c do
 * it.
 *
 * <p>The group operations are Bouncy Castle's; encodings, ranges and the hash's length are judged
 * here, since the kernel is laxer and stricter than any library.
 */
final class EcdsaCheck {
  private static final int WORD = 8;

  private EcdsaCheck() {}

  static void verify(PublicKey key, SignedValue value) throws Refusal {
    X9ECParameters curve = curve(key.algorithm());
    int words = (curve.getN().bitLength() + WORD * 8 - 1) / (WORD * 8);
    ECPoint point = point(curve, words, key);
    BerReader reader =
        BerReader.of(value.signature(), value.place().path(), value.place().offset());
    reader.open(0x30, "ECDSA-Sig-Value");
    BigInteger r = integer(reader, "r", words);
    BigInteger s = integer(reader, "s", words);
    reader.close();
    requireRange(r, curve.getN(), "r", value.place());
    requireRange(s, curve.getN(), "s", value.place());
    // The certificate was marked: its hash is missing here.
    Bytes digest = value.message().orElseThrow(() -> Refusal.at(Check.EC_SIGNATURE, value.place()));
    Bytes leftmost = digest.slice(0, Math.min(digest.size(), words * WORD));
    if (!equationHolds(curve, point, new BigInteger(1, leftmost.toArray()), r, s)) {
      throw Refusal.at(Check.EC_SIGNATURE, value.place());
    }
  }

  private static boolean equationHolds(
      X9ECParameters curve, ECPoint key, BigInteger hash, BigInteger r, BigInteger s) {
    BigInteger n = curve.getN();
    BigInteger w = s.modInverse(n);
    BigInteger u1 = hash.multiply(w).mod(n);
    BigInteger u2 = r.multiply(w).mod(n);
    ECPoint sum = ECAlgorithms.sumOfTwoMultiplies(curve.getG(), u1, key, u2).normalize();
    return !sum.isInfinity() && sum.getAffineXCoord().toBigInteger().mod(n).equals(r);
  }

  /** Only the uncompressed form; a coordinate may lack octets as long as its words are as many. */
  private static ECPoint point(X9ECParameters curve, int words, PublicKey key) throws Refusal {
    Bytes bits = key.bits();
    int half = (bits.size() - 1) / 2;
    if (bits.size() % 2 == 0 || bits.at(0) != 4 || (half + WORD - 1) / WORD != words) {
      throw Refusal.at(Check.EC_KEY, key.place(), key.algorithm());
    }
    BigInteger x = new BigInteger(1, bits.slice(1, 1 + half).toArray());
    BigInteger y = new BigInteger(1, bits.from(1 + half).toArray());
    BigInteger p = curve.getCurve().getField().getCharacteristic();
    if (x.compareTo(p) >= 0 || y.compareTo(p) >= 0) {
      throw Refusal.at(Check.EC_KEY, key.place(), key.algorithm());
    }
    ECPoint point = curve.getCurve().createPoint(x, y);
    if (!point.isValid()) {
      throw Refusal.at(Check.EC_KEY, key.place(), key.algorithm());
    }
    return point;
  }

  /** The octets as an unsigned number: the sign bit is not looked at. */
  private static BigInteger integer(BerReader reader, String name, int words) throws Refusal {
    BerElement element = reader.primitive(0x02, name);
    Bytes octets = element.contents();
    int most = words * WORD;
    boolean signOctet = octets.size() == most + 1 && octets.at(0) == 0;
    if (octets.isEmpty() || (octets.size() > most && !signOctet)) {
      throw reader.refuse(Check.EC_INTEGER, name, element, name);
    }
    return new BigInteger(1, octets.toArray());
  }

  private static void requireRange(BigInteger number, BigInteger order, String name, Place value)
      throws Refusal {
    if (number.signum() == 0 || number.compareTo(order) >= 0) {
      throw Refusal.at(Check.EC_RANGE, value, name);
    }
  }

  private static X9ECParameters curve(KeyAlgorithm algorithm) {
    return CustomNamedCurves.getByName(
        switch (algorithm) {
          case ECDSA_P192 -> "secp192r1";
          case ECDSA_P256 -> "secp256r1";
          case ECDSA_P384 -> "secp384r1";
          case ECDSA_P521 -> "secp521r1";
          case RSA, ECRDSA, MLDSA_44, MLDSA_65, MLDSA_87 ->
              throw new IllegalArgumentException("no NIST curve: " + algorithm);
        });
  }
}
