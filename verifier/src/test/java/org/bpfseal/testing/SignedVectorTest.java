// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SignedVectorTest {
  static List<SignedVector> all() {
    return SignedVector.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void fileIsTheOneOfTheManifest(SignedVector vector) throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(vector.program()));
    assertThat(HexFormat.of().formatHex(digest)).isEqualTo(vector.sha256());
    assertThat(vector.certificate()).isRegularFile();
  }

  @Test
  void everyFileIsInTheManifest() throws IOException {
    try (Stream<Path> files = Files.list(Lab.vectors().resolve("signed/programs"))) {
      assertThat(all())
          .extracting(SignedVector::program)
          .containsExactlyInAnyOrderElementsOf(files.toList());
    }
  }

  @Test
  void notASignedProgramIsSoForEveryKernel() {
    assertThat(all())
        .allSatisfy(
            vector ->
                assertThat(vector.verdicts().values().stream().filter(SignedVector.FORMAT::equals))
                    .hasSize(vector.toString().startsWith("format-") ? 2 : 0));
  }
}
