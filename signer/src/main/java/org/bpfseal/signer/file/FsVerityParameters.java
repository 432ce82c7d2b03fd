// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.file;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bpfseal.signer.key.DigestAlgorithm;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * How a file's fs-verity digest is computed. The kernel checks a signature against the digest that
 * it computed itself, so these must be those with which the file will be enabled.
 *
 * @param digest SHA-256 or SHA-512
 * @param blockSize of the hash tree, a power of two from 1024 to 65536
 * @param salt up to 32 bytes
 */
public record FsVerityParameters(DigestAlgorithm digest, int blockSize, Bytes salt) {
  private static final int LARGEST_BLOCK = 65536;
  private static final int LARGEST_SALT = 32;

  /** What {@code fsverity} uses unless told. */
  public static final int DEFAULT_BLOCK_SIZE = 4096;

  /**
   * Refuses what fs-verity doesn't have.
   *
   * @throws IllegalArgumentException that says what
   */
  public FsVerityParameters {
    if (digest == DigestAlgorithm.SHA_384) {
      throw new IllegalArgumentException("fs-verity has sha256 and sha512 only");
    }
    if (Integer.bitCount(blockSize) != 1 || blockSize < 1024 || blockSize > LARGEST_BLOCK) {
      throw new IllegalArgumentException(
          "fs-verity's block size is a power of two from 1024 to 65536, not " + blockSize);
    }
    if (salt.size() > LARGEST_SALT) {
      throw new IllegalArgumentException("fs-verity's salt has at most 32 bytes");
    }
  }

  /** The number of {@code enum fsverity_hash_alg}. */
  int algorithm() {
    return digest == DigestAlgorithm.SHA_256 ? 1 : 2;
  }

  int hashBlockSize() {
    return digest == DigestAlgorithm.SHA_256 ? 64 : 128;
  }

  MessageDigest newHash() {
    String name = digest == DigestAlgorithm.SHA_256 ? "SHA-256" : "SHA-512";
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + name, e);
    }
  }
}
