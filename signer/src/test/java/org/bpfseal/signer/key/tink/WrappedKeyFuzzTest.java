// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key.tink;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.provider.MethodSource;

/** Arbitrary bytes are a wrapped key or a keyset, and then written the same, or are refused. */
class WrappedKeyFuzzTest {
  static List<byte[]> seeds() {
    return List.of(
        ("bpfseal-wrapped-key 1\npurpose sign-bpf\npublic-key-sha256 "
                + "00".repeat(32)
                + "\nciphertext AQAAAAA=\n")
            .getBytes(StandardCharsets.US_ASCII),
        ("bpfseal-keyset 1\nprotection password scrypt 32768 8 1 "
                + "00".repeat(16)
                + "\nkeyset AAAA\n")
            .getBytes(StandardCharsets.US_ASCII));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "3s")
  void readersAreTotal(byte[] input) {
    Bytes file = Bytes.of(input);
    try {
      if (KeysetFile.isOne(file)) {
        Assertions.assertEquals(
            KeysetFile.read(file), KeysetFile.read(KeysetFile.read(file).write()));
      } else {
        Assertions.assertEquals(
            WrappedKey.read(file), WrappedKey.read(WrappedKey.read(file).write()));
      }
    } catch (FormatException e) {
      Assertions.assertNotNull(e.getMessage());
    }
  }
}
