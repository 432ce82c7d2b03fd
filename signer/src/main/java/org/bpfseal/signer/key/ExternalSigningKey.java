// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key;

import org.bpfseal.verifier.bytes.Bytes;

/**
 * A key that something outside this process holds: a token, a service. Each of its signatures is
 * verified before it is used, since neither the way there nor the public key beside it is ours.
 */
public final class ExternalSigningKey implements SigningKey {
  /** What holds the key. Its {@code toString} names it in messages. */
  public interface Holder extends AutoCloseable {
    /**
     * Signs, in a form that {@link SigningPublicKey#canonical} takes.
     *
     * @throws KeyRefusedException if it can't
     */
    Bytes sign(DigestAlgorithm digest, Payload payload) throws KeyRefusedException;

    @Override
    default void close() {}
  }

  private final SigningPublicKey publicKey;
  private final Holder holder;

  public ExternalSigningKey(SigningPublicKey publicKey, Holder holder) {
    this.publicKey = publicKey;
    this.holder = holder;
  }

  @Override
  public SigningPublicKey publicKey() {
    return publicKey;
  }

  @Override
  public Bytes sign(DigestAlgorithm digest, Payload payload) throws KeyRefusedException {
    Bytes signature = publicKey.canonical(holder.sign(digest, payload));
    if (!publicKey.verifies(digest, payload, signature)) {
      throw new KeyRefusedException(
          holder + ": its signature doesn't verify with " + publicKey.describe(),
          "is the certificate that of this key?");
    }
    return signature;
  }

  @Override
  public void close() {
    holder.close();
  }

  @Override
  public String toString() {
    return publicKey.describe() + " " + holder;
  }
}
