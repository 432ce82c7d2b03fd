// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bpfseal.verifier.bytes.Bytes;

/** SHA-256: what files, exclusive maps and blobs are named by. */
public final class Sha256 {
  private Sha256() {}

  /** The digest of the bytes, 32 of them. */
  public static Bytes of(Bytes bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes.buffer());
      return Bytes.owning(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
