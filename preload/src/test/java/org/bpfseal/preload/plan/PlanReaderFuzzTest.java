// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.plan;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.provider.MethodSource;

/** Arbitrary bytes give a plan or the one exception that its reader declares. */
class PlanReaderFuzzTest {
  /** Every line of the format. */
  static List<byte[]> seeds() {
    return List.of(
        seed("version 1\ncert a.crt\nprogram a.bpfs\n"),
        seed(
            """
            version 4294967295   # a comment
            kernels 7.3 6.18
            keyring user
            cert "a b.crt"
            failure reboot
            next /sbin/init
            guard guard.bpfs signed
            confirm c.crt as c
            program "ä.bpfs" as name optional
              pin map
              link net in tcx dev=lo attach_type=ingress stop-on-confirm=c
              links auto stop-on-confirm
            program b.bpfs
              links none
            """));
  }

  private static byte[] seed(String lines) {
    return ("bpfseal-plan 1\n" + lines).getBytes(StandardCharsets.UTF_8);
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10s")
  void readerIsTotal(byte[] input) {
    try {
      Assertions.assertFalse(PlanReader.read(Bytes.of(input)).programs().isEmpty());
    } catch (FormatException e) {
      Assertions.assertNotNull(e.getMessage());
    }
  }
}
