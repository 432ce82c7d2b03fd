// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer;

import org.bpfseal.signer.cms.SignedDataEncoder;
import org.bpfseal.signer.key.SigningIdentity;
import org.bpfseal.verifier.bytes.Bytes;

/** Makes detached signatures. */
public final class Signer {
  private Signer() {}

  /**
   * Signs a payload. Pure: the same request gives the same bytes, for RSA (PKCS#1 v1.5) and for EC
   * (RFC 6979).
   */
  public static Signature sign(SignRequest request) {
    SigningIdentity identity = request.identity();
    Bytes signature = identity.key().sign(request.digest(), request.payload());
    return new Signature(
        SignedDataEncoder.encode(
            identity.certificate().skid(),
            identity.key().publicKey(),
            request.digest(),
            signature));
  }
}
