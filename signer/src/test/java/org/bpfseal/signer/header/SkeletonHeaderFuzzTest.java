// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.header;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bpfseal.signer.program.ImportedProgram;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.provider.MethodSource;

/** Arbitrary bytes are a header, or the one exception. */
class SkeletonHeaderFuzzTest {
  static List<byte[]> seeds() {
    return List.of(
        """
        struct a {
        struct bpf_loader_ctx ctx;
        static const char opts_data[] = "\\
        \\0";
        static const char opts_insn[] = "\\
        \\xb7\\0\\0\\0\\0\\0\\0\\0";
        """
            .getBytes(StandardCharsets.US_ASCII));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "3s")
  void readerIsTotal(byte[] input) {
    try {
      SkeletonHeader header = SkeletonHeader.read(Bytes.of(input));
      Assertions.assertEquals(0, header.insns().size() % 8);
      Assertions.assertNotNull(ImportedProgram.of(header));
    } catch (FormatException e) {
      Assertions.assertNotNull(e.getMessage());
    }
  }
}
