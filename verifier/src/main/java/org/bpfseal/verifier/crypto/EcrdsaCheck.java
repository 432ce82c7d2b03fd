// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.crypto;

import java.math.BigInteger;
import java.util.Optional;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bpfseal.verifier.Check;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.Place;
import org.bpfseal.verifier.Refusal;
import org.bpfseal.verifier.ber.BerElement;
import org.bpfseal.verifier.ber.BerReader;
import org.bpfseal.verifier.ber.Oid;
import org.bpfseal.verifier.ber.OidRegistry;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * EC-RDSA (GOST R 34.10-2012) as crypto/ecrdsa.c does it: key coordinates and digest are
 * little-endian, the signature is s then r, both big-endian. RFC 7091, section 6.2.
 */
final class EcrdsaCheck {
  private EcrdsaCheck() {}

  static void verify(KernelProfile profile, PublicKey key, SignedValue value) throws Refusal {
    int size = key.gost512() ? 64 : 32;
    BerReader reader = BerReader.of(key.bits(), key.place().path(), key.place().offset());
    Bytes point = reader.primitive(0x04, "key").contents();
    GostCurve curve = curve(profile, key, size);
    if (point.size() != 2 * size) {
      throw Refusal.at(Check.GOST_KEY_SIZE, key.place());
    }
    verify(curve, point(curve, point, key.place()), size, value);
  }

  private static void verify(GostCurve curve, ECPoint key, int size, SignedValue value)
      throws Refusal {
    Bytes digest = value.message().orElse(Bytes.EMPTY);
    if (digest.size() != size || value.signature().size() != 2 * size) {
      throw Refusal.at(Check.GOST_LENGTH, value.place(), value.signature().size(), digest.size());
    }
    BigInteger s = new BigInteger(1, value.signature().slice(0, size).toArray());
    BigInteger r = new BigInteger(1, value.signature().from(size).toArray());
    BigInteger q = curve.order();
    requireRange(r, q, "r", value.place());
    requireRange(s, q, "s", value.place());
    BigInteger e = littleEndian(digest).mod(q);
    BigInteger v = (e.signum() == 0 ? BigInteger.ONE : e).modInverse(q);
    BigInteger z1 = s.multiply(v).mod(q);
    BigInteger z2 = q.subtract(r).multiply(v).mod(q);
    ECPoint sum = ECAlgorithms.sumOfTwoMultiplies(curve.generator(), z1, key, z2).normalize();
    if (sum.isInfinity() || !sum.getAffineXCoord().toBigInteger().mod(q).equals(r)) {
      throw Refusal.at(Check.GOST_SIGNATURE, value.place());
    }
  }

  /** The parameters: the curve, and optionally the digest, which must be the algorithm's own. */
  private static GostCurve curve(KernelProfile profile, PublicKey key, int size) throws Refusal {
    Place place = key.parametersPlace();
    BerReader reader = BerReader.of(key.parameters(), place.path(), place.offset());
    reader.open(0x30, "");
    Bytes curveOid = reader.primitive(0x06, "curve").contents();
    boolean known =
        profile.refusesUnknownGostCurves()
            ? OidRegistry.has(curveOid)
            : !curveOid.equals(OidRegistry.FIRST);
    if (!known) {
      throw Refusal.at(Check.GOST_CURVE_UNKNOWN, place, curveOid);
    }
    Optional<BerElement> digest = reader.optional(0x06, "digest");
    Oid expected = key.gost512() ? Oid.STREEBOG_512 : Oid.STREEBOG_256;
    if (digest.isPresent() && !Oid.of(digest.get().contents()).equals(Optional.of(expected))) {
      throw Refusal.at(Check.GOST_DIGEST, place);
    }
    reader.close();
    return GostCurve.of(curveOid)
        .filter(curve -> curve.size() == size)
        .orElseThrow(() -> Refusal.at(Check.GOST_KEY_SIZE, place));
  }

  private static ECPoint point(GostCurve curve, Bytes octets, Place key) throws Refusal {
    int size = octets.size() / 2;
    BigInteger x = littleEndian(octets.slice(0, size));
    BigInteger y = littleEndian(octets.from(size));
    return curve.point(x, y).orElseThrow(() -> Refusal.at(Check.GOST_KEY_POINT, key));
  }

  private static void requireRange(BigInteger number, BigInteger order, String name, Place value)
      throws Refusal {
    if (number.signum() == 0 || number.compareTo(order) >= 0) {
      throw Refusal.at(Check.GOST_RANGE, value, name);
    }
  }

  private static BigInteger littleEndian(Bytes octets) {
    byte[] reversed = new byte[octets.size()];
    for (int i = 0; i < reversed.length; i++) {
      reversed[i] = (byte) octets.at(reversed.length - 1 - i);
    }
    return new BigInteger(1, reversed);
  }
}
