// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Optional;
import org.bpfseal.verifier.ber.BerReader;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.keyring.Keyring;
import org.junit.jupiter.api.Assertions;

/** Whatever the bytes are, the mirror's answer is a verdict. */
class MirrorFuzzTest {
  private static final KernelMirror NEW = mirror(KernelRelease.series(7, 3));
  private static final KernelMirror OLD = mirror(KernelRelease.series(6, 12));
  private static final Bytes PROGRAM = Bytes.hex("b7000000000000009500000000000000");

  private static KernelMirror mirror(KernelRelease release) {
    KernelProfile.Builder all = KernelProfile.debianCloud(release).toBuilder();
    for (CryptoModule module : CryptoModule.values()) {
      all.module(module);
    }
    return KernelMirror.of(all.build());
  }

  @FuzzTest(maxDuration = "20s")
  void berReaderRefusesOrReads(byte[] input) {
    try {
      BerReader reader = BerReader.of(Bytes.of(input), "input", 0);
      while (!reader.atEnd()) {
        Assertions.assertFalse(reader.any("element").encoded().isEmpty());
      }
    } catch (Refusal refusal) {
      Assertions.assertFalse(refusal.finding().message().isEmpty());
    }
  }

  @FuzzTest(maxDuration = "20s")
  void certificateGetsAVerdict(byte[] input) {
    Bytes payload = Bytes.of(input);
    require(NEW.readKey(payload).verdict());
    require(OLD.readKey(payload).verdict());
  }

  @FuzzTest(maxDuration = "20s")
  void messageGetsAVerdict(byte[] input) {
    KeyringSelector nobody = new KeyringSelector.Given(Keyring.empty("nobody"));
    Bytes message = Bytes.of(input);
    require(NEW.verify(Optional.of(PROGRAM), message, nobody, Usage.BPF));
    require(OLD.verify(Optional.empty(), message, nobody, Usage.KEXEC_PE));
  }

  @FuzzTest(maxDuration = "20s")
  void moduleGetsAVerdict(byte[] input) {
    Bytes marker = Bytes.utf8("~Module signature appended~\n");
    require(NEW.module(Bytes.of(input)));
    require(NEW.module(Bytes.concat(Bytes.of(input), marker)));
  }

  private static void require(Verdict verdict) {
    Assertions.assertFalse(verdict.word().isEmpty());
    if (verdict instanceof Verdict.Rejected rejected) {
      Assertions.assertFalse(rejected.decisive().message().isEmpty());
    }
  }
}
