// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bpfseal.verifier.bytes.Bytes;

/** The digests that a signature may be made with: the SHA-2 ones that every kernel here has. */
public enum DigestAlgorithm {
  SHA_256("sha256", "SHA-256", "SHA256", 1),
  SHA_384("sha384", "SHA-384", "SHA384", 2),
  SHA_512("sha512", "SHA-512", "SHA512", 3);

  private final String id;
  private final String jcaName;
  private final String jcaPrefix;
  private final int lastArc;

  DigestAlgorithm(String id, String jcaName, String jcaPrefix, int lastArc) {
    this.id = id;
    this.jcaName = jcaName;
    this.jcaPrefix = jcaPrefix;
    this.lastArc = lastArc;
  }

  /** The name on the command line and in OpenSSL: {@code sha256} and so on. */
  public String id() {
    return id;
  }

  /** The digest of all these bytes. */
  public Bytes digest(Bytes bytes) {
    return digest(Payload.of(bytes));
  }

  /** The digest of all bytes of the payload. */
  public Bytes digest(Payload payload) {
    try {
      MessageDigest digest = MessageDigest.getInstance(jcaName);
      payload.feed(digest::update);
      return Bytes.owning(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + jcaName, e);
    }
  }

  /** DER of PKCS#1's DigestInfo around the digest: what RSA pads. RFC 8017, section 9.2. */
  public Bytes digestInfo(Payload payload) {
    Bytes digest = digest(payload);
    int size = digest.size();
    // SEQUENCE { SEQUENCE { OID 2.16.840.1.101.3.4.2.n, NULL }, OCTET STRING digest }
    Bytes head =
        Bytes.hex(
            "30%02x300d06096086480165030402%02x050004%02x".formatted(size + 17, lastArc, size));
    return Bytes.concat(head, digest);
  }

  /** JCA's name of RSA PKCS#1 v1.5 with this digest. */
  String withRsa() {
    return jcaPrefix + "withRSA";
  }

  /** JCA's name of ECDSA with this digest. */
  String withEcdsa() {
    return jcaPrefix + "withECDSA";
  }
}
