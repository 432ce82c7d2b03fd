// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.bpfseal.verifier.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, Payload.PIECE - 1, Payload.PIECE, Payload.PIECE + 1, 1_000_000})
  void isTheSameInAFileAndInMemory(int size) throws Exception {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    Path file = Files.write(folder.resolve("file"), content);
    Payload inFile = new Payload.InFile(file, size);
    Payload inMemory = Payload.of(Bytes.of(content));

    assertThat(inFile.size()).isEqualTo(inMemory.size());
    assertThat(inFile.bytes()).isEqualTo(Bytes.of(content));
    assertThat(inMemory.bytes()).isEqualTo(Bytes.of(content));
    for (DigestAlgorithm digest : DigestAlgorithm.values()) {
      assertThat(digest.digest(inFile)).isEqualTo(digest.digest(inMemory));
      assertThat(digest.digestInfo(inFile)).isEqualTo(digest.digestInfo(inMemory));
    }
  }

  @Test
  void noticesThatAFileChanged() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "four");
    assertThatThrownBy(() -> DigestAlgorithm.SHA_256.digest(new Payload.InFile(file, 5)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("changed while it was read");
    Files.delete(file);
    assertThatThrownBy(() -> new Payload.InFile(file, 4).bytes())
        .isInstanceOf(UncheckedIOException.class);
  }
}
