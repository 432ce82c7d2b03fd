// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import org.bpfseal.verifier.bytes.Bytes;

/** A key pair of the lab. Same seed, same keys; same key, hash and message, same signature. */
sealed interface LabKey permits RsaKey, EcKey, GostKey, MlDsaKey, ForeignKey {
  /** SubjectPublicKeyInfo. */
  Node publicKey();

  /** Contents of the algorithm's SEQUENCE in a certificate that this key signs. */
  Node certificateAlgorithm(Hash hash);

  /** The same in a SignerInfo. */
  Node messageAlgorithm(Hash hash);

  /**
   * Signs.
   *
   * @param flaw 0 for a proper signature, else which wrong one
   */
  Bytes sign(Hash hash, Bytes message, long flaw);
}
