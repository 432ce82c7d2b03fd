// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.program;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bpfseal.testing.Lab;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.provider.MethodSource;

/** Arbitrary bytes give a program or a {@link FormatException}. */
class SignedProgramFuzzTest {
  static List<byte[]> seeds() throws IOException {
    Path programs = Lab.vectors().resolve("signed/programs");
    return List.of(
        Files.readAllBytes(programs.resolve("good-with-object.bpfs")),
        Files.readAllBytes(programs.resolve("good-direct.bpfs")));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "3s")
  void readerIsTotal(byte[] input) {
    try {
      Assertions.assertFalse(SignedProgramReader.read(Bytes.of(input)).forms().isEmpty());
    } catch (FormatException e) {
      Assertions.assertEquals("bpfs", e.format());
    }
  }
}
