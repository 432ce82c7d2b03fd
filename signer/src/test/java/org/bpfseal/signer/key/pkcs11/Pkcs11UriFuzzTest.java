// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key.pkcs11;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bpfseal.signer.key.KeyRefusedException;
import org.bpfseal.verifier.bytes.Bytes;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.provider.MethodSource;

/** Any text is a URI or is refused. */
class Pkcs11UriFuzzTest {
  static List<byte[]> seeds() {
    return List.of(
        "pkcs11:token=a;object=b;id=%01%02?pin-source=file:x&module-path=/y"
            .getBytes(StandardCharsets.US_ASCII));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "3s")
  void readerIsTotal(byte[] input) {
    try {
      Assertions.assertNotNull(Pkcs11Uri.of(Bytes.of(input).toUtf8()).text("token"));
    } catch (KeyRefusedException e) {
      Assertions.assertNotNull(e.getMessage());
    }
  }
}
