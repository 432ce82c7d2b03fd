// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.bytes.Bytes;
import org.junit.jupiter.api.Test;

class FindingTest {
  @Test
  void textsOfAFinding() {
    Finding placed = Finding.at(Check.BER_TAG, "signature / sid", 7, "80", "81");
    assertThat(placed).hasToString("signature / sid at byte 7: expected tag 80, found 81");
    assertThat(placed.message()).isEqualTo("expected tag 80, found 81");
    assertThat(placed.errno()).isEqualTo(Errno.EBADMSG);
    assertThat(placed.check().code()).isEqualTo("ber-tag");
    Finding unplaced = Finding.of(Check.LOAD_SIGNATURE_EMPTY, "signature_size");
    assertThat(unplaced).hasToString("signature_size: signature_size is 0");
  }

  @Test
  void keyIdsAreShownWholeAndLongerBytesCut() {
    Bytes id = Bytes.owning(new byte[64]);
    assertThat(Finding.of(Check.SIGNER_UNKNOWN, "", "ring", id).values())
        .containsExactly("ring", "00".repeat(64));
    assertThat(Finding.of(Check.SIGNER_UNKNOWN, "", "ring", Bytes.owning(new byte[65])).values())
        .containsExactly("ring", "65 bytes " + "00".repeat(16) + "…");
  }

  @Test
  void aRefusalIsItsFindingWithoutAStackTrace() {
    Finding further = Finding.of(Check.EC_SIGNATURE, "b");
    Refusal refusal = new Refusal(Finding.of(Check.RSA_DIGEST, "a"), List.of(further));
    assertThat(refusal).hasMessage(refusal.finding().toString());
    assertThat(refusal.further()).containsExactly(further);
    assertThat(refusal.getStackTrace()).isEmpty();
    Refusal placed = Refusal.at(Check.RSA_DIGEST, new Place("p", 9));
    assertThat(placed.finding().path()).isEqualTo("p");
    assertThat(placed.finding().offset()).hasValue(9);
  }

  @Test
  void words() {
    Verdict accepted = new Verdict.Accepted(List.of(Advice.of(Advice.Kind.UNSIGNED, "x")));
    assertThat(accepted.word()).isEqualTo("OK");
    assertThat(accepted.isAccepted()).isTrue();
    assertThat(accepted.errno()).isEmpty();
    assertThat(accepted.advice()).hasSize(1);
    Verdict rejected =
        new Verdict.Rejected(Finding.of(Check.RSA_DIGEST, "a"), List.of(), List.of());
    assertThat(rejected.word()).isEqualTo("EKEYREJECTED");
    assertThat(rejected.isAccepted()).isFalse();
    assertThat(rejected.errno()).contains(Errno.EKEYREJECTED);
  }

  @Test
  void adviceAndRemedies() {
    assertThat(Advice.of(Advice.Kind.DIGEST_WEAK, "x", "SHA-1").message())
        .isEqualTo("SHA-1 can be forged; sign with SHA-256 or better");
    assertThat(Check.LOAD_ATTRIBUTES_UNKNOWN.remedy()).isEqualTo(Remedy.NEWER_KERNEL);
    assertThat(Remedy.NEWER_KERNEL.text()).isEqualTo("signatures need kernel 6.18 or newer");
    assertThat(Remedy.NEWER_KERNEL.checks()).containsExactly(Check.LOAD_ATTRIBUTES_UNKNOWN);
    assertThat(SystemKeyring.BPF.keyringName()).isEqualTo(".bpf");
    assertThat(KeyringSelector.PLATFORM).hasToString("2");
  }

  /** asm-generic/errno-base.h, errno.h; ENOTSUPP of include/linux/errno.h. */
  @Test
  void numbersOfErrnos() {
    assertThat(Errno.EPERM.number()).isEqualTo(1);
    assertThat(Errno.E2BIG.number()).isEqualTo(7);
    assertThat(Errno.EINVAL.number()).isEqualTo(22);
    assertThat(Errno.ENOPKG.number()).isEqualTo(65);
    assertThat(Errno.EBADMSG.number()).isEqualTo(74);
    assertThat(Errno.ENOKEY.number()).isEqualTo(126);
    assertThat(Errno.EKEYREJECTED.number()).isEqualTo(129);
    assertThat(Errno.ENOTSUPP.number()).isEqualTo(524);
  }

  @Test
  void fsVerityDigestsHaveTwoSizes() {
    KernelMirror mirror = KernelMirror.of(KernelProfile.debianCloud(KernelRelease.series(7, 3)));
    assertThatThrownBy(() -> mirror.fsVerity(Bytes.EMPTY, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no fs-verity digest has 0 bytes");
  }
}
