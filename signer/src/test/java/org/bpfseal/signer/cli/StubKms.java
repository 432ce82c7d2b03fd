// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KmsClient;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.security.GeneralSecurityException;

/** A key management service of this process: {@code stub-kms://NAME} has a key made of the name. */
public final class StubKms implements KmsClient {
  @Override
  public boolean doesSupport(String uri) {
    return uri.startsWith("stub-kms://");
  }

  @Override
  public KmsClient withCredentials(String path) {
    return this;
  }

  @Override
  public KmsClient withDefaultCredentials() {
    return this;
  }

  @Override
  public Aead getAead(String uri) throws GeneralSecurityException {
    byte[] key = new byte[32];
    key[0] = (byte) uri.hashCode();
    return new AesGcmJce(key);
  }
}
