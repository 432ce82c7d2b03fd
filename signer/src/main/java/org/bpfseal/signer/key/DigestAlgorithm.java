// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bpfseal.verifier.bytes.Bytes;

/** The digests that a signature may be made with: the SHA-2 ones that every kernel here has. */
public enum DigestAlgorithm {
  SHA_256("sha256", "SHA-256", "SHA256"),
  SHA_384("sha384", "SHA-384", "SHA384"),
  SHA_512("sha512", "SHA-512", "SHA512");

  private final String id;
  private final String jcaName;
  private final String jcaPrefix;

  DigestAlgorithm(String id, String jcaName, String jcaPrefix) {
    this.id = id;
    this.jcaName = jcaName;
    this.jcaPrefix = jcaPrefix;
  }

  /** The name on the command line and in OpenSSL: {@code sha256} and so on. */
  public String id() {
    return id;
  }

  /** The digest of all bytes of the payload. */
  public Bytes digest(Bytes payload) {
    try {
      MessageDigest digest = MessageDigest.getInstance(jcaName);
      digest.update(payload.buffer());
      return Bytes.owning(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + jcaName, e);
    }
  }

  /** JCA's name of RSA PKCS#1 v1.5 with this digest. */
  String withRsa() {
    return jcaPrefix + "withRSA";
  }
}
