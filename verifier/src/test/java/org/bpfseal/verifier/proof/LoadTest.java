// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfseal.verifier.proof.CheckLab.NEW;
import static org.bpfseal.verifier.proof.CheckLab.OLD;
import static org.bpfseal.verifier.proof.CheckLab.PROGRAM;
import static org.bpfseal.verifier.proof.CheckLab.ROOT;
import static org.bpfseal.verifier.proof.CheckLab.ring;
import static org.bpfseal.verifier.proof.CheckLab.signer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bpfseal.verifier.Advice;
import org.bpfseal.verifier.BoundMap;
import org.bpfseal.verifier.Check;
import org.bpfseal.verifier.FdEntry;
import org.bpfseal.verifier.Finding;
import org.bpfseal.verifier.KernelMirror;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.KernelRelease;
import org.bpfseal.verifier.KeyringSelector;
import org.bpfseal.verifier.LoadRequest;
import org.bpfseal.verifier.Verdict;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.crypto.Sha256;
import org.bpfseal.verifier.keyring.Keyring;
import org.bpfseal.verifier.program.Generation;
import org.bpfseal.verifier.program.SignedForm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits of a load, maps that it binds, and a loader from load to run. */
class LoadTest {
  private static final Keyring ROOTS = ring(NEW, ROOT);
  private static final KeyringSelector GIVEN = new KeyringSelector.Given(ROOTS);
  private static final Bytes HASH = Sha256.of(PROGRAM);
  private static final int LIMIT = (1 << 24) - 1;

  private static Bytes sign(Bytes... payload) {
    return MessageRecipe.of(Bytes.concat(payload), signer(ROOT)).make();
  }

  private static String load(KernelProfile profile, LoadRequest request) {
    return KernelMirror.of(profile).load(request).word();
  }

  private static Finding refused(KernelProfile profile, LoadRequest request) {
    return ((Verdict.Rejected) KernelMirror.of(profile).load(request)).decisive();
  }

  private static BoundMap map(int id, Bytes value) {
    return new BoundMap(id, "map" + id, true, 1, value, true, false, Optional.of(HASH));
  }

  /** Exclusive to nobody; before 7.3 the kernel compares hashes before it has one to compare. */
  private static BoundMap plain() {
    return new BoundMap(1, "plain", true, 1, Bytes.EMPTY, true, false, Optional.empty());
  }

  private static Bytes insns(int count) {
    return Bytes.owning(new byte[8 * count]);
  }

  @ParameterizedTest
  @CsvSource({"0, E2BIG", "1, OK", "1000000, OK", "1000001, E2BIG"})
  void numberOfInstructions(int count, String word) {
    LoadRequest request = LoadRequest.of(insns(count), sign(insns(count)), GIVEN);
    assertThat(load(NEW, request)).isEqualTo(word);
    assertThat(load(OLD, request)).isEqualTo(word);
  }

  @Test
  void aRestOfAnInstructionIsDropped() {
    Bytes more = Bytes.concat(PROGRAM, Bytes.hex("00112233445566"));
    assertThat(load(NEW, LoadRequest.of(more, sign(PROGRAM), GIVEN))).isEqualTo("OK");
    assertThat(load(OLD, LoadRequest.of(more, sign(PROGRAM), GIVEN))).isEqualTo("OK");
  }

  @Test
  void onlyTheLastInstructionMustNotBeHalfOfOne() {
    Bytes half = Bytes.hex("1800000000000000");
    Bytes last = Bytes.concat(PROGRAM, half);
    Bytes first = Bytes.concat(half, PROGRAM);
    Finding finding = refused(NEW, LoadRequest.of(last, sign(last), GIVEN));
    assertThat(finding.check()).isEqualTo(Check.LOAD_INSN_HALF);
    assertThat(finding.offset()).hasValue(16);
    assertThat(finding.values()).containsExactly("2");
    assertThat(load(OLD, LoadRequest.of(last, sign(last), GIVEN))).isEqualTo("OK");
    assertThat(load(NEW, LoadRequest.of(first, sign(first), GIVEN))).isEqualTo("OK");
  }

  /** Memory beyond the message reads as zeros, which nobody looks at. */
  @ParameterizedTest
  @CsvSource({
    "7.3, 8192, OK",
    "7.3, 8193, EINVAL",
    "7.3, 0, EINVAL",
    "7.2, 0, EBADMSG",
    "6.18.14, 8193, EINVAL",
    "6.18.13, 8193, OK",
    "6.18.13, 65535, OK",
    "6.18.13, 65536, EMSGSIZE",
    "6.18.13, 4294967295, EMSGSIZE",
    "6.18.13, 100, EBADMSG",
  })
  void signatureSize(String release, long size, String word) {
    KernelProfile profile = KernelProfile.debianCloud(KernelRelease.parse(release).orElseThrow());
    LoadRequest request =
        new LoadRequest(PROGRAM, Optional.of(sign(PROGRAM)), size, GIVEN, Optional.empty(), 0);
    assertThat(load(profile, request)).isEqualTo(word);
  }

  /** Also of one that the caller did not cut short: all of its bytes are counted. */
  @Test
  void aSignatureThatTheDecoderDoesNotTake() {
    KernelProfile unlimited =
        KernelProfile.debianCloud(KernelRelease.parse("6.18.13").orElseThrow());
    Bytes signature = Bytes.owning(new byte[70000]);
    Finding finding = refused(unlimited, LoadRequest.of(PROGRAM, signature, GIVEN));
    assertThat(finding.check()).isEqualTo(Check.BER_LONG);
    assertThat(finding.values()).containsExactly("70000");
  }

  /** Kernels without signatures know none of the three fields; before 6.14 no fd_array_cnt. */
  @ParameterizedTest
  @CsvSource({
    "6.12, false, 0, 0, 0, OK",
    "6.12, true, 0, 0, 0, E2BIG",
    "6.12, false, 1, 0, 0, E2BIG",
    "6.12, false, 0, 1, 0, E2BIG",
    "6.12, false, 0, 0, 1, E2BIG",
    "6.13, false, 0, 0, 1, E2BIG",
    "6.14, false, 0, 0, 1, OK",
    "6.17, true, 0, 0, 0, E2BIG",
    "6.18, false, 9, 9, 0, OK",
    "7.3, false, 9, 9, 0, OK",
  })
  void unknownAttributes(String release, boolean signed, long size, int id, int maps, String word) {
    KernelProfile profile = KernelProfile.debianCloud(KernelRelease.parse(release).orElseThrow());
    Optional<Bytes> signature = signed ? Optional.of(Bytes.EMPTY) : Optional.empty();
    Optional<List<FdEntry>> array = Optional.of(List.of(map(0, Bytes.EMPTY)));
    LoadRequest request =
        new LoadRequest(PROGRAM, signature, size, new KeyringSelector.Id(id), array, maps);
    Verdict verdict = KernelMirror.of(profile).load(request);
    assertThat(verdict.word()).isEqualTo(word);
    if (word.equals("OK")) {
      assertThat(verdict.advice()).extracting(Advice::kind).containsExactly(Advice.Kind.UNSIGNED);
    }
  }

  private static LoadRequest binding(List<? extends FdEntry> maps, Bytes... values) {
    List<Bytes> all = new ArrayList<>(List.of(PROGRAM));
    all.addAll(List.of(values));
    return LoadRequest.of(PROGRAM, sign(all.toArray(Bytes[]::new)), GIVEN).binding(maps);
  }

  @Test
  void valuesAreCoveredInTheOrderOfBindingAndOnce() {
    Bytes a = Bytes.utf8("first");
    Bytes b = Bytes.utf8("second");
    List<BoundMap> twice = List.of(map(7, a), map(9, b), map(7, a));
    assertThat(load(NEW, binding(twice, a, b))).isEqualTo("OK");
    assertThat(load(NEW, binding(twice, b, a))).isEqualTo("EKEYREJECTED");
    assertThat(load(NEW, binding(twice, a, b, a))).isEqualTo("EKEYREJECTED");
    assertThat(load(OLD, binding(twice))).isEqualTo("EACCES");
    assertThat(load(OLD, binding(List.of(plain())))).isEqualTo("OK");
    assertThat(load(NEW, binding(List.of()))).isEqualTo("OK");
  }

  @ParameterizedTest
  @CsvSource({"64, OK", "65, E2BIG"})
  void numberOfMaps(int count, String word) {
    List<BoundMap> maps = IntStream.range(0, count).mapToObj(id -> map(id, Bytes.EMPTY)).toList();
    assertThat(load(NEW, binding(maps))).isEqualTo(word);
  }

  @ParameterizedTest
  @CsvSource({"4096, OK", "4097, E2BIG"})
  void numberOfDescriptors(int count, String word) {
    assertThat(load(NEW, binding(Collections.nCopies(count, map(1, Bytes.EMPTY))))).isEqualTo(word);
    // Only the release that covers maps has this limit.
    assertThat(load(OLD, binding(Collections.nCopies(count, plain())))).isEqualTo("OK");
  }

  @Test
  void descriptorsOfUnsignedLoadsAndOfOlderKernels() {
    List<FdEntry> btf = List.of(new FdEntry.Btf(), plain());
    assertThat(load(NEW, unsigned(btf))).isEqualTo("OK");
    assertThat(load(NEW, unsigned(List.of(map(1, Bytes.EMPTY))))).isEqualTo("EACCES");
    assertThat(load(NEW, binding(btf))).isEqualTo("EACCES");
    assertThat(load(OLD, binding(List.of(new FdEntry.Btf())))).isEqualTo("OK");
    assertThat(load(OLD, binding(List.of(new FdEntry.OtherFile())))).isEqualTo("EINVAL");
    assertThat(load(OLD, binding(List.of(new FdEntry.NotOpen())))).isEqualTo("EBADF");
  }

  private static LoadRequest unsigned(List<FdEntry> array) {
    return new LoadRequest(
        PROGRAM, Optional.empty(), 0, KeyringSelector.BUILTIN, Optional.of(array), array.size());
  }

  @ParameterizedTest
  @CsvSource({"0, OK", "1, E2BIG"})
  void coveredBytes(int more, String word) {
    Bytes value = Bytes.owning(new byte[LIMIT - PROGRAM.size() + more]);
    assertThat(load(NEW, binding(List.of(map(1, value)), value))).isEqualTo(word);
  }

  @ParameterizedTest
  @CsvSource({"0, EBADMSG", "1, E2BIG"})
  void contentOfTheKfunc(int more, String word) {
    Bytes content = Bytes.owning(new byte[LIMIT + more]);
    assertThat(KernelMirror.of(NEW).kfunc(content, Bytes.hex("30"), GIVEN).word()).isEqualTo(word);
  }

  private static final String LOAD = "0000000000000000000000000000";

  private static Verdict judged(
      KernelProfile profile, Generation generation, Bytes insns, Bytes data) {
    SignedForm form = new SignedForm(generation, insns, sign(generation.payload(insns, data)));
    return KernelMirror.of(profile).judge(form, data, GIVEN);
  }

  /** Sources of 16-byte loads: fd 1 and 2, BTF 3, a function 4, index 5 and 6. */
  @ParameterizedTest
  @CsvSource({
    "00, OK",
    "10, EINVAL",
    "20, EINVAL",
    "30, EACCES",
    "40, OK",
    "50, OK",
    "60, OK",
    "70, OK",
  })
  void loadsOfASignedProgram(String registers, String bound) {
    Bytes data = Bytes.utf8("blob");
    Bytes wide = Bytes.hex("18" + registers + LOAD);
    Bytes insns = Bytes.concat(PROGRAM, wide, PROGRAM);
    assertThat(judged(NEW, Generation.V7_3, insns, data).word()).isEqualTo(bound);
    String unbound = List.of("50", "60").contains(registers) ? "EACCES" : bound;
    assertThat(judged(NEW, Generation.V6_18, insns, data).word()).isEqualTo(unbound);
  }

  @Test
  void theSecondHalfOfALoadIsNoInstruction() {
    Bytes data = Bytes.utf8("blob");
    Bytes insns = Bytes.concat(Bytes.hex("1800000000000000" + "1830000000000000"), PROGRAM);
    assertThat(judged(NEW, Generation.V7_3, insns, data).word()).isEqualTo("OK");
    Verdict last =
        judged(NEW, Generation.V7_3, Bytes.concat(PROGRAM, Bytes.hex("1830" + LOAD)), data);
    assertThat(((Verdict.Rejected) last).decisive().offset()).hasValue(16);
    assertThat(((Verdict.Rejected) last).decisive().values()).containsExactly("2");
  }
}
