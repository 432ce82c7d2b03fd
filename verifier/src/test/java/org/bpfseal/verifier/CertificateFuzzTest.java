// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import org.bpfseal.verifier.bytes.Bytes;
import org.junit.jupiter.params.provider.MethodSource;

/** Arbitrary bytes as a certificate get a verdict. */
class CertificateFuzzTest {
  static List<byte[]> seeds() {
    return FuzzedMirror.seeds(".der");
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "3s")
  void getsAVerdict(byte[] input) {
    Bytes payload = Bytes.of(input);
    FuzzedMirror.require(FuzzedMirror.NEW.readKey(payload).verdict());
    FuzzedMirror.require(FuzzedMirror.OLD.readKey(payload).verdict());
  }
}
