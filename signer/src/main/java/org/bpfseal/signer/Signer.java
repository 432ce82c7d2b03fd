// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bpfseal.signer.cms.SignedDataEncoder;
import org.bpfseal.signer.cms.SignerEntry;
import org.bpfseal.signer.key.DigestAlgorithm;
import org.bpfseal.signer.key.KeyRefusedException;
import org.bpfseal.signer.key.Payload;
import org.bpfseal.signer.key.SigningIdentity;
import org.bpfseal.signer.key.SigningPublicKey;
import org.bpfseal.verifier.bytes.Bytes;

/** Makes detached signatures. */
public final class Signer {
  private Signer() {}

  /**
   * Signs a payload. Pure for keys in files: the same request gives the same bytes, for RSA (PKCS#1
   * v1.5) and for EC (RFC 6979). A token's EC signature differs each time.
   *
   * @throws KeyRefusedException if a key outside this process doesn't sign, or signs wrongly
   */
  public static Signature sign(SignRequest request) throws KeyRefusedException {
    List<SignerEntry> entries = new ArrayList<>();
    for (SigningIdentity identity : request.identities()) {
      Bytes value = identity.key().sign(request.digest(), request.payload());
      entries.add(new SignerEntry(identity.certificate(), value));
    }
    return message(request.parameters(), entries);
  }

  /** Signs all parts of a unit and gives its output. */
  public static Bytes sign(SignableUnit unit, SigningParameters how, List<SigningIdentity> signers)
      throws KeyRefusedException {
    List<Signature> signatures = new ArrayList<>();
    for (SignableUnit.Part part : unit.parts()) {
      SignRequest.Builder request =
          SignRequest.builder(part.payload(), signers.getFirst()).parameters(how);
      signers.subList(1, signers.size()).forEach(request::alsoBy);
      signatures.add(sign(request.build()));
    }
    return unit.complete(signatures);
  }

  /**
   * Makes the message of signatures that were made elsewhere.
   *
   * @throws KeyRefusedException if one isn't that certificate's signature of the payload
   */
  public static Signature attach(
      SigningParameters how, Payload payload, List<SignatureValue> values)
      throws KeyRefusedException {
    List<SignerEntry> entries = new ArrayList<>();
    for (SignatureValue value : values) {
      SigningPublicKey key = value.certificate().publicKey();
      Bytes canonical = key.canonical(value.value());
      if (!key.verifies(how.digest(), payload, canonical)) {
        throw mismatch(value, canonical, how.digest(), payload);
      }
      entries.add(new SignerEntry(value.certificate(), canonical));
    }
    return message(how, entries);
  }

  private static Signature message(SigningParameters how, List<SignerEntry> entries) {
    return new Signature(SignedDataEncoder.encode(how.form(), how.digest(), entries));
  }

  private static KeyRefusedException mismatch(
      SignatureValue value, Bytes canonical, DigestAlgorithm digest, Payload payload) {
    SigningPublicKey key = value.certificate().publicKey();
    String subject = value.certificate().subject();
    if (key instanceof SigningPublicKey.MlDsa) {
      return new KeyRefusedException(
          "not a signature of this input by \"" + subject + "\" (" + key.describe() + ")",
          "sign the bytes themselves: bpf-sign digest --form payload; pure ML-DSA, no context");
    }
    return Arrays.stream(DigestAlgorithm.values())
        .filter(other -> key.verifies(other, payload, canonical))
        .findFirst()
        .map(
            other ->
                new KeyRefusedException(
                    "the signature was made with " + other.id() + ", not " + digest.id(),
                    "give --digest " + other.id() + " to both, digest and attach"))
        .orElseGet(
            () ->
                new KeyRefusedException(
                    "not a signature of this input by \"" + subject + "\" (" + key.describe() + ")",
                    "sign exactly what bpf-sign digest wrote, with the same options; RSA with PKCS#1"
                        + " v1.5 padding"));
  }
}
