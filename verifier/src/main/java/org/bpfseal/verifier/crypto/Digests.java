// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.GOST3411_2012_256Digest;
import org.bouncycastle.crypto.digests.GOST3411_2012_512Digest;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bpfseal.verifier.bytes.Bytes;

/** Hashes bytes: SHA by the JDK, the others by Bouncy Castle's lightweight classes. */
public final class Digests {
  private Digests() {}

  /** The digest of the parts, one after the other. */
  public static Bytes of(HashAlgorithm algorithm, Bytes... parts) {
    return switch (algorithm) {
      case SHA1 -> jdk("SHA-1", parts);
      case SHA224 -> jdk("SHA-224", parts);
      case SHA256 -> jdk("SHA-256", parts);
      case SHA384 -> jdk("SHA-384", parts);
      case SHA512 -> jdk("SHA-512", parts);
      case SHA3_256 -> jdk("SHA3-256", parts);
      case SHA3_384 -> jdk("SHA3-384", parts);
      case SHA3_512 -> jdk("SHA3-512", parts);
      case SM3 -> lightweight(new SM3Digest(), parts);
      case STREEBOG_256 -> lightweight(new GOST3411_2012_256Digest(), parts);
      case STREEBOG_512 -> lightweight(new GOST3411_2012_512Digest(), parts);
    };
  }

  private static Bytes jdk(String name, Bytes... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance(name);
      for (Bytes part : parts) {
        digest.update(part.buffer());
      }
      return Bytes.owning(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + name, e);
    }
  }

  private static Bytes lightweight(Digest digest, Bytes... parts) {
    for (Bytes part : parts) {
      byte[] bytes = part.toArray();
      digest.update(bytes, 0, bytes.length);
    }
    byte[] value = new byte[digest.getDigestSize()];
    digest.doFinal(value, 0);
    return Bytes.owning(value);
  }
}
