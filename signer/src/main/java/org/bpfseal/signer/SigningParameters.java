// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer;

import org.bpfseal.signer.cms.MessageForm;
import org.bpfseal.signer.key.DigestAlgorithm;

/** How a signature is made, whoever makes it. */
public record SigningParameters(DigestAlgorithm digest, MessageForm form) {
  /** bpftool's ({@code src/sign.c} at 7.8.0): SHA-256, the signer named by its key identifier. */
  public static final SigningParameters DEFAULT =
      new SigningParameters(DigestAlgorithm.SHA_256, MessageForm.KEY_ID);
}
