// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.keyring.Keyring;
import org.junit.jupiter.params.provider.MethodSource;

/** Arbitrary bytes as a message get a verdict. */
class MessageFuzzTest {
  static List<byte[]> seeds() {
    return FuzzedMirror.seeds(".p7s");
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "3s")
  void getsAVerdict(byte[] input) {
    KeyringSelector nobody = new KeyringSelector.Given(Keyring.empty("nobody"));
    Bytes program = Bytes.hex("b7000000000000009500000000000000");
    Bytes message = Bytes.of(input);
    FuzzedMirror.require(FuzzedMirror.NEW.verify(Optional.of(program), message, nobody, Usage.BPF));
    FuzzedMirror.require(
        FuzzedMirror.OLD.verify(Optional.empty(), message, nobody, Usage.KEXEC_PE));
  }
}
