// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.util.Optional;
import org.bpfseal.verifier.bytes.Bytes;

/** A key that a JCA provider keeps to itself. */
record ProviderKey(PrivateKey key, SigningPublicKey publicKey, Optional<Provider> provider)
    implements ExternalSigningKey.Holder {
  @Override
  public Bytes sign(DigestAlgorithm digest, Payload payload) throws KeyRefusedException {
    String algorithm =
        switch (publicKey) {
          case SigningPublicKey.Rsa rsa -> digest.withRsa();
          case SigningPublicKey.Ec ec -> digest.withEcdsa();
          case SigningPublicKey.MlDsa mlDsa -> mlDsa.set().id();
        };
    try {
      Signature signature =
          provider.isPresent()
              ? Signature.getInstance(algorithm, provider.get())
              : Signature.getInstance(algorithm);
      signature.initSign(key);
      payload.feed(signature::update);
      return Bytes.owning(signature.sign());
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new KeyRefusedException(this + " doesn't sign: " + e.getMessage(), "");
    }
  }

  @Override
  public String toString() {
    return "key of provider " + provider.map(Provider::getName).orElse("(any)");
  }
}
