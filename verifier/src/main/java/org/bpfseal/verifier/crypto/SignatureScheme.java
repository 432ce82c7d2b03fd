// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.crypto;

/** What a signature's algorithm identifier says about the key; the hash is named apart from it. */
public enum SignatureScheme {
  /** RSASSA-PKCS1-v1_5. RFC 8017, section 8.2. */
  RSA("rsa"),
  /** Any of the NIST curves. */
  ECDSA("ecdsa"),
  ECRDSA("ecrdsa"),
  MLDSA_44("mldsa44"),
  MLDSA_65("mldsa65"),
  MLDSA_87("mldsa87");

  private final String kernelName;

  SignatureScheme(String kernelName) {
    this.kernelName = kernelName;
  }

  /** True for the schemes that hash what they sign themselves. */
  public boolean takesData() {
    return this == MLDSA_44 || this == MLDSA_65 || this == MLDSA_87;
  }

  /** True if a signature by this scheme can be by a key of that algorithm. */
  public boolean fits(KeyAlgorithm key) {
    return switch (key) {
      case RSA -> this == RSA;
      case ECDSA_P192, ECDSA_P256, ECDSA_P384, ECDSA_P521 -> this == ECDSA;
      case ECRDSA -> this == ECRDSA;
      case MLDSA_44 -> this == MLDSA_44;
      case MLDSA_65 -> this == MLDSA_65;
      case MLDSA_87 -> this == MLDSA_87;
    };
  }

  /** The crypto API's name. */
  @Override
  public String toString() {
    return kernelName;
  }
}
