// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import org.bpfseal.signer.key.DigestAlgorithm;
import org.bpfseal.signer.key.Payload;
import org.bpfseal.verifier.bytes.Bytes;

/** What another tool takes to sign. */
enum ToSign {
  /** The digest alone. */
  DIGEST("digest"),
  /** The digest in PKCS#1's DigestInfo: for RSA in tools that only pad. */
  DIGEST_INFO("digest-info"),
  /** The bytes that the digest is of. */
  PAYLOAD("payload");

  private final String suffix;

  ToSign(String suffix) {
    this.suffix = suffix;
  }

  /** Of the file's name; also the word on the command line. */
  String suffix() {
    return suffix;
  }

  Bytes of(Payload payload, DigestAlgorithm digest) {
    return switch (this) {
      case DIGEST -> digest.digest(payload);
      case DIGEST_INFO -> digest.digestInfo(payload);
      case PAYLOAD -> payload.bytes();
    };
  }

  @Override
  public String toString() {
    return suffix;
  }
}
