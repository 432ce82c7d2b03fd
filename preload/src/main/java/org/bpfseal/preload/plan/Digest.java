// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.plan;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.manifest.FileDigest;

/** The manifest's digest of a file. */
final class Digest {
  private Digest() {}

  static FileDigest of(Bytes content) {
    return new FileDigest(content.size(), sha256(content));
  }

  static Bytes sha256(Bytes content) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(content.buffer());
      return Bytes.owning(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
