// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer;

import java.util.ArrayList;
import java.util.List;
import org.bpfseal.signer.cms.MessageForm;
import org.bpfseal.signer.key.DigestAlgorithm;
import org.bpfseal.signer.key.Payload;
import org.bpfseal.signer.key.SigningIdentity;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * What is to be signed, by whom and how. Built once, then only read.
 *
 * <p>The defaults are bpftool's ({@code src/sign.c} at 7.8.0): detached, no certificates, no signed
 * attributes, the signer named by subject key identifier, SHA-256.
 */
public final class SignRequest {
  private final Payload payload;
  private final List<SigningIdentity> identities;
  private final SigningParameters parameters;

  private SignRequest(Builder builder) {
    payload = builder.payload;
    identities = List.copyOf(builder.identities);
    parameters = builder.parameters;
  }

  /**
   * Starts a request.
   *
   * @param payload the bytes that the signature covers
   */
  public static Builder builder(Bytes payload, SigningIdentity identity) {
    return builder(Payload.of(payload), identity);
  }

  /** The same of a payload anywhere. */
  public static Builder builder(Payload payload, SigningIdentity identity) {
    return new Builder(payload, identity);
  }

  public Payload payload() {
    return payload;
  }

  /** Who signs: at least one. */
  public List<SigningIdentity> identities() {
    return identities;
  }

  public DigestAlgorithm digest() {
    return parameters.digest();
  }

  public SigningParameters parameters() {
    return parameters;
  }

  /** The optional parts of a request. */
  public static final class Builder {
    private final Payload payload;
    private final List<SigningIdentity> identities = new ArrayList<>();
    private SigningParameters parameters = SigningParameters.DEFAULT;

    private Builder(Payload payload, SigningIdentity identity) {
      this.payload = payload;
      identities.add(identity);
    }

    /** SHA-256 unless set, whatever the key's size: it is what bpftool uses. */
    public Builder digest(DigestAlgorithm value) {
      parameters = new SigningParameters(value, parameters.form());
      return this;
    }

    /** {@link MessageForm#KEY_ID} unless set. */
    public Builder form(MessageForm value) {
      parameters = new SigningParameters(parameters.digest(), value);
      return this;
    }

    /** Both at once. */
    public Builder parameters(SigningParameters value) {
      parameters = value;
      return this;
    }

    /** One more signer in the same message. The kernel is content with one whom it trusts. */
    public Builder alsoBy(SigningIdentity identity) {
      identities.add(identity);
      return this;
    }

    /**
     * The request.
     *
     * @throws IllegalArgumentException if a certificate is named twice
     */
    public SignRequest build() {
      long different =
          identities.stream().map(identity -> identity.certificate().der()).distinct().count();
      if (different != identities.size()) {
        throw new IllegalArgumentException("the same certificate signs twice");
      }
      return new SignRequest(this);
    }
  }
}
