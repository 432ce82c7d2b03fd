// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfseal.verifier.proof.CheckLab.NEW;
import static org.bpfseal.verifier.proof.CheckLab.OLDEST;
import static org.bpfseal.verifier.proof.CheckLab.PROGRAM;
import static org.bpfseal.verifier.proof.CheckLab.ROOT;
import static org.bpfseal.verifier.proof.CheckLab.ring;
import static org.bpfseal.verifier.proof.CheckLab.signer;

import java.util.Optional;
import org.bpfseal.verifier.Advice;
import org.bpfseal.verifier.KernelFeature;
import org.bpfseal.verifier.KernelMirror;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.SystemKeyring;
import org.bpfseal.verifier.Verdict;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.crypto.Sha256;
import org.bpfseal.verifier.keyring.Keyring;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kernel modules and fs-verity: kernel/module/signing.c and fs/verity/signature.c. */
class FileTest {
  private static final Bytes MARKER = Bytes.utf8("~Module signature appended~\n");
  private static final Keyring ROOTS = ring(NEW, ROOT);

  private static Bytes module(Bytes signature) {
    Bytes trailer = Bytes.hex("0000020000000000%08x".formatted(signature.size()));
    return Bytes.concat(PROGRAM, signature, trailer, MARKER);
  }

  private static final Bytes GOOD = module(MessageRecipe.of(PROGRAM, signer(ROOT)).make());
  private static final Bytes WRONG =
      module(MessageRecipe.of(Bytes.utf8("other"), signer(ROOT)).make());
  private static final Bytes UNKNOWN_DIGEST =
      module(MessageRecipe.of(PROGRAM, signer(ROOT).hash(Hash.SM3)).make());

  private static Bytes named(String name) {
    return switch (name) {
      case "good" -> GOOD;
      case "wrong" -> WRONG;
      case "unknown digest" -> UNKNOWN_DIGEST;
      case "broken" -> module(Bytes.hex("3000"));
      default -> PROGRAM;
    };
  }

  /**
   * A module, the keyring that trusts its signer, and the answers: usual, enforced, locked down.
   */
  @ParameterizedTest
  @CsvSource({
    "good, SECONDARY, OK, OK, OK",
    "good, BUILTIN, OK, OK, OK",
    "good, PLATFORM, OK, OK, OK",
    "good, FSVERITY, OK, EKEYREJECTED, EPERM",
    "unsigned, SECONDARY, OK, EKEYREJECTED, EPERM",
    "unknown digest, SECONDARY, OK, EKEYREJECTED, EPERM",
    "wrong, SECONDARY, EKEYREJECTED, EKEYREJECTED, EKEYREJECTED",
    "wrong, PLATFORM, EKEYREJECTED, EKEYREJECTED, EKEYREJECTED",
    "broken, SECONDARY, EBADMSG, EBADMSG, EBADMSG",
  })
  void modules(String name, SystemKeyring which, String usual, String enforced, String locked) {
    KernelProfile profile = NEW.toBuilder().keyring(which, ROOTS).build();
    assertThat(ask(profile, named(name)).word()).isEqualTo(usual);
    assertThat(ask(profile, named(name), KernelFeature.MODULE_SIG_ENFORCED).word())
        .isEqualTo(enforced);
    assertThat(ask(profile, named(name), KernelFeature.LOCKDOWN).word()).isEqualTo(locked);
    assertThat(
            ask(profile, named(name), KernelFeature.LOCKDOWN, KernelFeature.MODULE_SIG_ENFORCED)
                .word())
        .isEqualTo(enforced);
  }

  private static Verdict ask(KernelProfile profile, Bytes file, KernelFeature... more) {
    return KernelMirror.of(profile.toBuilder().with(more).build()).module(file);
  }

  @Test
  void onlyAPatchedKernelTriesThePlatformKeyring() {
    KernelProfile profile = NEW.toBuilder().keyring(SystemKeyring.PLATFORM, ROOTS).build();
    KernelProfile plain =
        profile.toBuilder().without(KernelFeature.MODULE_PLATFORM_FALLBACK).build();
    assertThat(ask(profile, GOOD, KernelFeature.MODULE_SIG_ENFORCED).word()).isEqualTo("OK");
    assertThat(ask(plain, GOOD, KernelFeature.MODULE_SIG_ENFORCED).word())
        .isEqualTo("EKEYREJECTED");
  }

  @Test
  void toleratedModulesAreAdvisedOn() {
    KernelProfile profile = NEW.toBuilder().keyring(SystemKeyring.SECONDARY, ROOTS).build();
    assertThat(ask(profile, PROGRAM).advice())
        .extracting(Advice::kind)
        .containsExactly(Advice.Kind.UNSIGNED);
    assertThat(ask(profile, GOOD).advice()).isEmpty();
  }

  /** Debian's 6.12 looks the whole file up, and only what is signed well. */
  @Test
  void blacklistedModule() {
    KernelProfile listing =
        OLDEST.toBuilder()
            .keyring(SystemKeyring.SECONDARY, ring(OLDEST, ROOT))
            .blacklist("bin:" + Sha256.of(GOOD).toHex())
            .blacklist("bin:" + Sha256.of(PROGRAM).toHex())
            .build();
    assertThat(ask(listing, GOOD).word()).isEqualTo("EKEYREJECTED");
    assertThat(ask(listing, PROGRAM).word()).isEqualTo("OK");
    KernelProfile newer = listing.toBuilder().without(KernelFeature.MODULE_HASH_BLACKLIST).build();
    assertThat(ask(newer, GOOD).word()).isEqualTo("OK");
    KernelProfile other =
        OLDEST.toBuilder()
            .keyring(SystemKeyring.SECONDARY, ring(OLDEST, ROOT))
            .blacklist("bin:" + Sha256.of(MARKER).toHex())
            .build();
    assertThat(ask(other, GOOD).word()).isEqualTo("OK");
  }

  private static KernelProfile verity(KernelFeature... features) {
    return NEW.toBuilder().keyring(SystemKeyring.FSVERITY, ROOTS).with(features).build();
  }

  private static Verdict fsVerity(KernelProfile profile, Bytes digest, Bytes signed) {
    Bytes signature = MessageRecipe.of(signed, signer(ROOT)).make();
    return KernelMirror.of(profile).fsVerity(digest, Optional.of(signature));
  }

  /** Size of the digest, and what stands before it in what is signed. */
  @ParameterizedTest
  @CsvSource({"32, 465356657269747901002000", "64, 465356657269747902004000"})
  void whatFsVeritySigns(int size, String head) {
    byte[] digest = new byte[size];
    digest[size - 1] = 1;
    Bytes value = Bytes.owning(digest);
    Bytes signed = Bytes.concat(Bytes.hex(head), value);
    assertThat(fsVerity(verity(), value, signed).word()).isEqualTo("OK");
    assertThat(fsVerity(verity(), value, value).word()).isEqualTo("EKEYREJECTED");
  }

  @Test
  void fsVerityWithoutASignature() {
    Bytes digest = Bytes.owning(new byte[32]);
    Verdict verdict = KernelMirror.of(verity()).fsVerity(digest, Optional.empty());
    assertThat(verdict.word()).isEqualTo("OK");
    assertThat(verdict.advice()).extracting(Advice::kind).containsExactly(Advice.Kind.UNSIGNED);
    KernelProfile requiring = verity(KernelFeature.FSVERITY_SIGNATURE_REQUIRED);
    assertThat(KernelMirror.of(requiring).fsVerity(digest, Optional.empty()).word())
        .isEqualTo("EPERM");
  }

  /** 16128 bytes are read; without keys nothing is. */
  @ParameterizedTest
  @CsvSource({"16128, EBADMSG, ENOKEY", "16129, EMSGSIZE, EMSGSIZE"})
  void sizesOfFsVeritySignatures(int size, String word, String withoutKeys) {
    Bytes digest = Bytes.owning(new byte[32]);
    Optional<Bytes> signature = Optional.of(Bytes.owning(new byte[size]));
    assertThat(KernelMirror.of(verity()).fsVerity(digest, signature).word()).isEqualTo(word);
    assertThat(KernelMirror.of(NEW).fsVerity(digest, signature).word()).isEqualTo(withoutKeys);
    Keyring outer = Keyring.named("outer").link(ROOTS).build();
    KernelProfile nested = NEW.toBuilder().keyring(SystemKeyring.FSVERITY, outer).build();
    assertThat(KernelMirror.of(nested).fsVerity(digest, signature).word()).isEqualTo(word);
  }
}
