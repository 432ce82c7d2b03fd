// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Optional;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bpfseal.verifier.bytes.Bytes;

/** The two shapes of an ECDSA signature: DER {@code SEQUENCE { r, s }}, and IEEE P1363's r || s. */
final class EcdsaSignature {
  private EcdsaSignature() {}

  static Bytes der(Curve curve, BigInteger r, BigInteger s) {
    try {
      return Bytes.owning(StandardDSAEncoding.INSTANCE.encode(curve.domain().getN(), r, s));
    } catch (IOException e) {
      throw new IllegalStateException("encoding to memory failed", e);
    }
  }

  /** The DER form of either; something else comes back unchanged. */
  static Bytes toDer(Curve curve, Bytes signature) {
    int plain = 2 * ((curve.domain().getN().bitLength() + 7) / 8);
    if (numbers(curve, signature).isPresent() || signature.size() != plain) {
      return signature;
    }
    try {
      BigInteger[] pair =
          PlainDSAEncoding.INSTANCE.decode(curve.domain().getN(), signature.toArray());
      return der(curve, pair[0], pair[1]);
    } catch (RuntimeException e) {
      return signature;
    }
  }

  /** r and s, if the signature is strict DER and both are in the curve's range. */
  static Optional<BigInteger[]> numbers(Curve curve, Bytes der) {
    try {
      return Optional.of(StandardDSAEncoding.INSTANCE.decode(curve.domain().getN(), der.toArray()));
    } catch (RuntimeException | IOException e) {
      return Optional.empty();
    }
  }
}
