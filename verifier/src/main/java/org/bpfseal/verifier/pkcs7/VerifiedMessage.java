// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.pkcs7;

import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.Finding;
import org.bpfseal.verifier.crypto.SignedValue;

/**
 * A message that holds together: digests, the signatures that its own certificates could check, and
 * their chains. Nothing in it is trusted yet.
 */
public record VerifiedMessage(SignedData message, MessageChains chains, List<Signer> signers) {
  /** Copies the list. */
  public VerifiedMessage {
    signers = List.copyOf(signers);
  }

  /**
   * One signer.
   *
   * @param value its signature and what that was made over; without a message if the hash is
   *     missing
   * @param certificate index of the signer's certificate in the message
   * @param unsupported why this kernel can't check it
   */
  public record Signer(
      SignerInfo info,
      SignedValue value,
      Optional<Integer> certificate,
      Optional<Finding> unsupported) {}
}
