// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.util.Random;
import org.bpfseal.verifier.bytes.Bytes;

/** A key of an algorithm that no kernel takes (Ed25519); its signatures are noise. */
record ForeignKey(Bytes point) implements LabKey {
  private static final String ED25519 = "1.3.101.112";

  static ForeignKey make(Random random) {
    byte[] point = new byte[32];
    random.nextBytes(point);
    return new ForeignKey(Bytes.owning(point));
  }

  @Override
  public Node publicKey() {
    return Der.sequence(Der.algorithm(ED25519), Der.bits(point));
  }

  @Override
  public Node certificateAlgorithm(Hash hash) {
    return Der.algorithm(ED25519);
  }

  @Override
  public Node messageAlgorithm(Hash hash) {
    return Der.algorithm(ED25519);
  }

  @Override
  public Bytes sign(Hash hash, Bytes message, long flaw) {
    return Bytes.concat(point, Hash.SHA256.of(message));
  }
}
