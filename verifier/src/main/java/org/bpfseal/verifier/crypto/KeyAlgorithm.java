// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.crypto;

/** The public key algorithms that the kernel's parsers know; built in or not is the profile's. */
public enum KeyAlgorithm {
  RSA("rsa"),
  ECDSA_P192("ecdsa-nist-p192"),
  ECDSA_P256("ecdsa-nist-p256"),
  ECDSA_P384("ecdsa-nist-p384"),
  ECDSA_P521("ecdsa-nist-p521"),
  /** GOST R 34.10-2012 with a 256-bit or a 512-bit key. */
  ECRDSA("ecrdsa"),
  MLDSA_44("mldsa44"),
  MLDSA_65("mldsa65"),
  MLDSA_87("mldsa87");

  private final String kernelName;

  KeyAlgorithm(String kernelName) {
    this.kernelName = kernelName;
  }

  /** The crypto API's name. */
  @Override
  public String toString() {
    return kernelName;
  }
}
