// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer;

import org.bpfseal.signer.key.DigestAlgorithm;
import org.bpfseal.signer.key.SigningIdentity;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * What is to be signed, by whom and how. Built once, then only read.
 *
 * <p>The defaults are bpftool's ({@code src/sign.c} at 7.8.0): detached, no certificates, no signed
 * attributes, the signer named by subject key identifier, SHA-256.
 */
public final class SignRequest {
  private final Bytes payload;
  private final SigningIdentity identity;
  private final DigestAlgorithm digest;

  private SignRequest(Builder builder) {
    payload = builder.payload;
    identity = builder.identity;
    digest = builder.digest;
  }

  /**
   * Starts a request.
   *
   * @param payload the bytes that the signature covers
   */
  public static Builder builder(Bytes payload, SigningIdentity identity) {
    return new Builder(payload, identity);
  }

  public Bytes payload() {
    return payload;
  }

  public SigningIdentity identity() {
    return identity;
  }

  public DigestAlgorithm digest() {
    return digest;
  }

  /** The optional parts of a request. */
  public static final class Builder {
    private final Bytes payload;
    private final SigningIdentity identity;
    private DigestAlgorithm digest = DigestAlgorithm.SHA_256;

    private Builder(Bytes payload, SigningIdentity identity) {
      this.payload = payload;
      this.identity = identity;
    }

    /** SHA-256 unless set, whatever the key's size: it is what bpftool uses. */
    public Builder digest(DigestAlgorithm value) {
      digest = value;
      return this;
    }

    /** The request. */
    public SignRequest build() {
      return new SignRequest(this);
    }
  }
}
