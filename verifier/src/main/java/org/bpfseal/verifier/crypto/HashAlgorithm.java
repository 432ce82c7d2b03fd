// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.crypto;

/** The hashes that the kernel's parsers know by their OIDs; which are built in is the profile's. */
public enum HashAlgorithm {
  SHA1("sha1", 20),
  SHA224("sha224", 28),
  SHA256("sha256", 32),
  SHA384("sha384", 48),
  SHA512("sha512", 64),
  SHA3_256("sha3-256", 32),
  SHA3_384("sha3-384", 48),
  SHA3_512("sha3-512", 64),
  SM3("sm3", 32),
  STREEBOG_256("streebog256", 32),
  STREEBOG_512("streebog512", 64);

  private final String kernelName;
  private final int size;

  HashAlgorithm(String kernelName, int size) {
    this.kernelName = kernelName;
    this.size = size;
  }

  /** The crypto API's name. */
  public String kernelName() {
    return kernelName;
  }

  /** Bytes of a digest. */
  public int size() {
    return size;
  }

  @Override
  public String toString() {
    return kernelName;
  }
}
