// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.RSAPublicKeySpec;
import java.util.Optional;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.bpfseal.verifier.bytes.Bytes;

/** Checks signatures that were made outside this process. */
final class SignatureCheck {
  private SignatureCheck() {}

  static boolean verifies(
      SigningPublicKey key, DigestAlgorithm digest, Payload payload, Bytes signature) {
    return switch (key) {
      case SigningPublicKey.Rsa rsa -> rsa(rsa, digest, payload, signature);
      case SigningPublicKey.Ec ec -> ec(ec, digest, payload, signature);
      case SigningPublicKey.MlDsa mlDsa -> mlDsa(mlDsa, payload, signature);
    };
  }

  private static boolean rsa(
      SigningPublicKey.Rsa key, DigestAlgorithm digest, Payload payload, Bytes value) {
    try {
      Signature signature = Signature.getInstance(digest.withRsa());
      signature.initVerify(
          KeyFactory.getInstance("RSA")
              .generatePublic(new RSAPublicKeySpec(key.modulus(), key.exponent())));
      payload.feed(signature::update);
      return signature.verify(value.toArray());
    } catch (SignatureException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK checks " + digest.withRsa(), e);
    }
  }

  private static boolean mlDsa(SigningPublicKey.MlDsa key, Payload payload, Bytes value) {
    MLDSASigner signer = new MLDSASigner();
    signer.init(
        false, new MLDSAPublicKeyParameters(key.set().parameters(), key.encoded().toArray()));
    payload.feed(signer::update);
    return signer.verifySignature(value.toArray());
  }

  private static boolean ec(
      SigningPublicKey.Ec key, DigestAlgorithm digest, Payload payload, Bytes value) {
    ECDomainParameters domain = key.curve().domain();
    Optional<BigInteger[]> numbers = EcdsaSignature.numbers(key.curve(), value);
    if (numbers.isEmpty()) {
      return false;
    }
    ECDSASigner signer = new ECDSASigner();
    signer.init(
        false,
        new ECPublicKeyParameters(domain.getCurve().decodePoint(key.point().toArray()), domain));
    return signer.verifySignature(
        digest.digest(payload).toArray(), numbers.get()[0], numbers.get()[1]);
  }
}
