// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.bpfseal.verifier.proof.CheckLab.LEAF;
import static org.bpfseal.verifier.proof.CheckLab.NEW;
import static org.bpfseal.verifier.proof.CheckLab.OLD;
import static org.bpfseal.verifier.proof.CheckLab.PROGRAM;
import static org.bpfseal.verifier.proof.CheckLab.ROOT;
import static org.bpfseal.verifier.proof.CheckLab.by;
import static org.bpfseal.verifier.proof.CheckLab.inside;
import static org.bpfseal.verifier.proof.CheckLab.load;
import static org.bpfseal.verifier.proof.CheckLab.ring;
import static org.bpfseal.verifier.proof.CheckLab.signer;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpfseal.verifier.Advice;
import org.bpfseal.verifier.KernelMirror;
import org.bpfseal.verifier.KeyringSelector;
import org.bpfseal.verifier.LoadRequest;
import org.bpfseal.verifier.SystemKeyring;
import org.bpfseal.verifier.Usage;
import org.bpfseal.verifier.Verdict;
import org.bpfseal.verifier.bytes.Bytes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AdviceTest {
  static List<AdviceCases.AdviceCase> all() {
    return AdviceCases.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void isGivenAndChangesNoVerdict(AdviceCases.AdviceCase one) {
    var verdict = one.verdict().get();
    assertThat(verdict.word()).isEqualTo("OK");
    assertThat(verdict.advice())
        .extracting(Advice::kind, Advice::path)
        .containsExactly(tuple(one.kind(), one.path()));
    assertThat(verdict.advice().getFirst().message()).doesNotContain("%", "null");
  }

  @Test
  void everyKindHasACase() {
    assertThat(all()).extracting(AdviceCases.AdviceCase::kind).contains(Advice.Kind.values());
  }

  /** What machines and the manual read of a kind. */
  @ParameterizedTest
  @EnumSource
  void isNamedAndSummedUp(Advice.Kind kind) {
    assertThat(kind.code()).matches("[a-z]+(-[a-z]+)*");
    assertThat(kind.summary()).isEqualTo(Advice.of(kind, "path", "…", "…").message());
  }

  /** The first and the last second of a certificate belong to it. */
  @ParameterizedTest
  @CsvSource({
    "2019-12-31T23:59:59Z, 2020-01-01",
    "2020-01-01T00:00:00Z, ",
    "2049-12-31T23:59:59Z, ",
    "2050-01-01T00:00:00Z, 2049-12-31",
  })
  void namesTheDayOnWhichACertificateBeginsOrEnds(Instant now, @Nullable String day) {
    LoadRequest request =
        LoadRequest.of(
            PROGRAM, by(signer(ROOT)).make(), new KeyringSelector.Given(ring(NEW, ROOT)));
    assertThat(KernelMirror.of(NEW).at(now).load(request).advice())
        .extracting(advice -> advice.values().getLast())
        .isEqualTo(day == null ? List.of() : List.of(day));
  }

  private static KernelMirror trusting(SystemKeyring which) {
    return KernelMirror.of(NEW.toBuilder().keyring(which, ring(NEW, ROOT)).build());
  }

  /** Whoever asks the kernel to verify, what is to be said of the message is said. */
  static Map<String, Verdict> users() {
    Bytes digest = Bytes.owning(new byte[32]);
    Bytes formatted = Bytes.concat(Bytes.utf8("FSVerity"), Bytes.hex("01002000"), digest);
    Bytes message = old(PROGRAM);
    Bytes trailer = Bytes.hex("0000020000000000%08x".formatted(message.size()));
    Bytes marker = Bytes.utf8("~Module signature appended~\n");
    Bytes module = Bytes.concat(PROGRAM, message, trailer, marker);
    KeyringSelector given = new KeyringSelector.Given(ring(NEW, ROOT));
    KernelMirror mirror = KernelMirror.of(NEW);
    return Map.of(
        "load before 7.3",
        load(OLD, message, ring(OLD, ROOT)),
        "load",
        load(message),
        "verify",
        mirror.verify(Optional.of(PROGRAM), message, given, Usage.UNSPECIFIED),
        "kfunc",
        mirror.kfunc(PROGRAM, message, given),
        "module",
        trusting(SystemKeyring.SECONDARY).module(module),
        "module by the firmware's keys",
        trusting(SystemKeyring.PLATFORM).module(module),
        "fs-verity",
        trusting(SystemKeyring.FSVERITY).fsVerity(digest, Optional.of(old(formatted))));
  }

  private static Bytes old(Bytes content) {
    return MessageRecipe.of(content, signer(ROOT).hash(Hash.SHA1)).make();
  }

  @Test
  void reachesEveryUser() {
    assertThat(users())
        .allSatisfy(
            (user, verdict) ->
                assertThat(verdict.advice())
                    .as(user)
                    .extracting(Advice::kind)
                    .containsExactly(Advice.Kind.DIGEST_WEAK));
  }

  @Test
  void goodMessagesGetNone() {
    var attributes =
        signer(ROOT).attributes(MessageRecipe.contentType(), MessageRecipe.messageDigest(PROGRAM));
    for (MessageRecipe good :
        List.of(by(signer(ROOT)), by(attributes), inside(LEAF), inside(ROOT))) {
      assertThat(load(good)).isEqualTo(new Verdict.Accepted(List.of()));
    }
  }
}
