// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.ber;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.bpfseal.verifier.bytes.Bytes;
import org.junit.jupiter.api.Assertions;

/** Arbitrary bytes are DER or have a flaw inside. */
class DerCheckFuzzTest {
  @FuzzTest(maxDuration = "3s")
  void derCheckIsTotal(byte[] input) {
    DerCheck.find(Bytes.of(input))
        .ifPresent(flaw -> Assertions.assertTrue(flaw.offset() <= input.length));
  }
}
