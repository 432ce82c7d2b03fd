// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfseal.verifier.proof.CheckLab.NEW;
import static org.bpfseal.verifier.proof.CheckLab.ROOT;
import static org.bpfseal.verifier.proof.CheckLab.add;

import org.bpfseal.verifier.AddKeyResult;
import org.bpfseal.verifier.Check;
import org.bpfseal.verifier.KernelMirror;
import org.bpfseal.verifier.Verdict;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.keyring.KeyState;
import org.bpfseal.verifier.keyring.Keyring;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** add_key(2) before a byte of the certificate is read: security/keys/keyctl.c. */
class KeyAddTest {
  private static final int LIMIT = (1 << 20) - 1;

  private static Check refused(KeyState state, Bytes payload) {
    Keyring.Builder ring = Keyring.named("lab").state(state);
    return ((Verdict.Rejected) add(NEW, ring, payload)).decisive().check();
  }

  /** Also where no keyring is asked. */
  @Test
  void readingAlone() {
    AddKeyResult result = KernelMirror.of(NEW).readKey(zeros(LIMIT + 1));
    assertThat(((Verdict.Rejected) result.verdict()).decisive().check())
        .isEqualTo(Check.KEY_PAYLOAD_LONG);
    assertThat(result.key()).isEmpty();
  }

  private static Bytes zeros(int size) {
    return Bytes.owning(new byte[size]);
  }

  @ParameterizedTest
  @CsvSource({
    "INVALIDATED, KEYRING_INVALIDATED",
    "REVOKED, KEYRING_REVOKED",
    "EXPIRED, KEYRING_EXPIRED"
  })
  void aKeyringThatIsNoMore(KeyState state, Check check) {
    assertThat(refused(state, ROOT.der())).isEqualTo(check);
    assertThat(refused(state, Bytes.EMPTY)).isEqualTo(check);
    assertThat(refused(state, zeros(LIMIT + 1))).isEqualTo(Check.KEY_PAYLOAD_LONG);
  }

  @Test
  void lessThanAMebibyte() {
    assertThat(refused(KeyState.VALID, zeros(LIMIT))).isNotEqualTo(Check.KEY_PAYLOAD_LONG);
    assertThat(refused(KeyState.VALID, zeros(LIMIT + 1))).isEqualTo(Check.KEY_PAYLOAD_LONG);
  }
}
