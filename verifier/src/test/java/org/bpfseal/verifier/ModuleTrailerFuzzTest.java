// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import org.bpfseal.verifier.bytes.Bytes;
import org.junit.jupiter.params.provider.MethodSource;

/** Arbitrary bytes as a kernel module, with and without the marker at the end, get a verdict. */
class ModuleTrailerFuzzTest {
  static List<byte[]> seeds() {
    return List.of(Bytes.hex("6d6f64020000000000000000000003").toArray());
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "3s")
  void getsAVerdict(byte[] input) {
    Bytes marker = Bytes.utf8("~Module signature appended~\n");
    FuzzedMirror.require(FuzzedMirror.NEW.module(Bytes.of(input)));
    FuzzedMirror.require(FuzzedMirror.NEW.module(Bytes.concat(Bytes.of(input), marker)));
  }
}
