// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.crypto;

import java.math.BigInteger;
import java.util.Optional;
import org.bouncycastle.asn1.cryptopro.ECGOST3410NamedCurves;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.math.ec.ECPoint;
import org.bpfseal.verifier.ber.Oid;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * The curves of EC-RDSA keys. Parameters of {@code get_curve_by_oid()} in crypto/ecrdsa.c, whose
 * two missing curves are missing here too.
 *
 * @param size octets of a coordinate
 */
record GostCurve(X9ECParameters parameters, int size) {
  /** The curve of an OID, if the kernel has it. */
  static Optional<GostCurve> of(Bytes oid) {
    return Oid.of(oid).flatMap(GostCurve::named);
  }

  BigInteger order() {
    return parameters.getN();
  }

  ECPoint generator() {
    return parameters.getG();
  }

  /** The point with these coordinates, if it is on the curve. */
  Optional<ECPoint> point(BigInteger x, BigInteger y) {
    BigInteger p = parameters.getCurve().getField().getCharacteristic();
    if (x.compareTo(p) >= 0 || y.compareTo(p) >= 0) {
      return Optional.empty();
    }
    ECPoint point = parameters.getCurve().createPoint(x, y);
    return point.isValid() ? Optional.of(point) : Optional.empty();
  }

  private static Optional<GostCurve> named(Oid oid) {
    if (oid == Oid.GOST_CP_A || oid == Oid.GOST_TC26_256_B) {
      return Optional.of(curve("GostR3410-2001-CryptoPro-A", 32));
    }
    if (oid == Oid.GOST_CP_B || oid == Oid.GOST_TC26_256_C) {
      return Optional.of(curve("GostR3410-2001-CryptoPro-B", 32));
    }
    if (oid == Oid.GOST_CP_C || oid == Oid.GOST_TC26_256_D) {
      return Optional.of(curve("GostR3410-2001-CryptoPro-C", 32));
    }
    if (oid == Oid.GOST_TC26_512_A) {
      return Optional.of(curve("Tc26-Gost-3410-12-512-paramSetA", 64));
    }
    if (oid == Oid.GOST_TC26_512_B) {
      return Optional.of(curve("Tc26-Gost-3410-12-512-paramSetB", 64));
    }
    return Optional.empty();
  }

  private static GostCurve curve(String name, int size) {
    return new GostCurve(ECGOST3410NamedCurves.getByNameX9(name), size);
  }
}
