// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key;

import java.security.Provider;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * A private key that can sign.
 *
 * <p>Its parts can't be read, and its {@code toString} shows algorithm and size only.
 */
public sealed interface SigningKey extends AutoCloseable
    permits RsaSigningKey, EcSigningKey, MlDsaSigningKey, ExternalSigningKey {
  /** The public half. */
  SigningPublicKey publicKey();

  /**
   * Signs a payload. With a key in this process the same digest and payload give the same bytes.
   *
   * @return RSA: PKCS#1 v1.5, as long as the modulus; EC: DER of {@code SEQUENCE { r, s }}, here
   *     with the nonce of RFC 6979; ML-DSA: of the payload itself, whatever the digest
   * @throws KeyRefusedException if a key outside this process doesn't sign
   */
  Bytes sign(DigestAlgorithm digest, Payload payload) throws KeyRefusedException;

  /** The same of bytes in memory. */
  default Bytes sign(DigestAlgorithm digest, Bytes payload) throws KeyRefusedException {
    return sign(digest, Payload.of(payload));
  }

  /**
   * The same key, whose work this provider does if it can: the signatures are the same bytes. An EC
   * key stays as it is, since a provider's nonce is random.
   */
  default SigningKey accelerated(Provider by) {
    return this;
  }

  /** Lets go of what holds the key: a session with a token. */
  @Override
  default void close() {}
}
