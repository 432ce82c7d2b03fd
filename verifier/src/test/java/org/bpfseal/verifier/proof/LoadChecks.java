// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import static org.bpfseal.verifier.proof.CheckLab.NEW;
import static org.bpfseal.verifier.proof.CheckLab.OLD;
import static org.bpfseal.verifier.proof.CheckLab.OLDEST;
import static org.bpfseal.verifier.proof.CheckLab.PROGRAM;
import static org.bpfseal.verifier.proof.CheckLab.ROOT;
import static org.bpfseal.verifier.proof.CheckLab.load;
import static org.bpfseal.verifier.proof.CheckLab.ring;
import static org.bpfseal.verifier.proof.CheckLab.without;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bpfseal.testing.Lab;
import org.bpfseal.verifier.BoundMap;
import org.bpfseal.verifier.Check;
import org.bpfseal.verifier.FdEntry;
import org.bpfseal.verifier.KernelFeature;
import org.bpfseal.verifier.KernelMirror;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.KeyringSelector;
import org.bpfseal.verifier.LoadRequest;
import org.bpfseal.verifier.Verdict;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.crypto.Sha256;
import org.bpfseal.verifier.keyring.KeyState;
import org.bpfseal.verifier.keyring.Keyring;
import org.bpfseal.verifier.program.Generation;
import org.bpfseal.verifier.program.SignedForm;
import org.bpfseal.verifier.program.SignedProgramReader;

/** Cases for the checks of the load itself. */
final class LoadChecks {
  private static final Bytes GOOD = CheckLab.by(CheckLab.signer(ROOT)).make();
  private static final Bytes VALUE = Bytes.utf8("blob");

  private LoadChecks() {}

  static List<CheckCase> all() {
    return Stream.of(attributes(), descriptors(), maps(), keyrings(), insns())
        .flatMap(List::stream)
        .toList();
  }

  private static KeyringSelector trusted() {
    return new KeyringSelector.Given(ring(NEW, ROOT));
  }

  private static LoadRequest sized(long size) {
    return new LoadRequest(PROGRAM, Optional.of(GOOD), size, trusted(), Optional.empty(), 0);
  }

  private static List<CheckCase> attributes() {
    return List.of(
        CheckCase.of(Check.LOAD_ATTRIBUTES_UNKNOWN, () -> load(OLDEST, GOOD, ring(OLDEST, ROOT))),
        CheckCase.of(
            Check.LOAD_INSN_COUNT, () -> load(NEW, LoadRequest.of(Bytes.EMPTY, GOOD, trusted()))),
        CheckCase.of(
            Check.LOAD_INSN_HALF,
            () -> load(NEW, LoadRequest.of(Bytes.hex("1800000000000000"), GOOD, trusted()))),
        CheckCase.of(Check.LOAD_SIGNATURE_EMPTY, () -> load(NEW, sized(0))),
        CheckCase.of(Check.LOAD_SIGNATURE_LONG, () -> load(NEW, sized(8193))),
        CheckCase.of(
            Check.KFUNC_CONTENT_LONG,
            () -> KernelMirror.of(NEW).kfunc(Bytes.owning(new byte[1 << 24]), GOOD, trusted())));
  }

  private static Verdict bound(KernelProfile profile, List<? extends FdEntry> entries) {
    return load(profile, LoadRequest.of(PROGRAM, GOOD, trusted()).binding(entries));
  }

  private static Verdict counted(KernelProfile profile, Optional<List<FdEntry>> array, long count) {
    return load(
        profile, new LoadRequest(PROGRAM, Optional.of(GOOD), GOOD.size(), trusted(), array, count));
  }

  private static List<CheckCase> descriptors() {
    return List.of(
        CheckCase.of(Check.LOAD_FD_ARRAY_MISSING, () -> counted(NEW, Optional.empty(), 1)),
        CheckCase.of(Check.LOAD_FD_ARRAY_UNREADABLE, () -> counted(OLD, Optional.empty(), 1)),
        CheckCase.of(Check.LOAD_FD_ARRAY_LONG, () -> counted(NEW, Optional.of(List.of()), 4097)),
        CheckCase.of(Check.LOAD_FD_NOT_OPEN, () -> counted(NEW, Optional.of(List.of()), 1)),
        CheckCase.of(Check.LOAD_FD_NO_MAP, () -> bound(NEW, List.of(new FdEntry.OtherFile()))),
        CheckCase.of(Check.LOAD_FD_IS_BTF, () -> bound(NEW, List.of(new FdEntry.Btf()))),
        CheckCase.of(
            Check.LOAD_MAPS_MANY,
            () -> bound(NEW, IntStream.range(0, 65).mapToObj(LoadChecks::map).toList())));
  }

  private static BoundMap map(int id) {
    return new BoundMap(id, "map", true, 1, VALUE, true, false, Optional.of(Sha256.of(PROGRAM)));
  }

  private static BoundMap map(
      boolean array, long entries, Bytes value, boolean frozen, boolean written, Bytes to) {
    Optional<Bytes> exclusive = to.isEmpty() ? Optional.empty() : Optional.of(to);
    return new BoundMap(0, "map", array, entries, value, frozen, written, exclusive);
  }

  private static CheckCase map(Check check, BoundMap map) {
    return CheckCase.of(check, () -> bound(NEW, List.of(map)));
  }

  private static List<CheckCase> maps() {
    Bytes hash = Sha256.of(PROGRAM);
    Bytes huge = Bytes.owning(new byte[1 << 24]);
    return List.of(
        map(Check.LOAD_MAP_OTHERS, map(true, 1, VALUE, true, false, Sha256.of(VALUE))),
        map(Check.LOAD_MAP_TYPE, map(false, 1, VALUE, true, false, hash)),
        map(Check.LOAD_MAP_NOT_FROZEN, map(true, 1, VALUE, false, false, hash)),
        map(Check.LOAD_MAP_WRITTEN, map(true, 1, VALUE, true, true, hash)),
        map(Check.LOAD_MAP_NOT_EXCLUSIVE, map(true, 1, VALUE, true, false, Bytes.EMPTY)),
        map(Check.LOAD_PAYLOAD_LONG, map(true, 1, huge, true, false, hash)),
        map(Check.LOAD_MAP_ENTRIES, map(true, 2, VALUE, true, false, hash)));
  }

  private static Verdict keyring(KeyState state) {
    Keyring ring = ring(NEW, ROOT).toBuilder().state(state).build();
    return load(NEW, GOOD, ring);
  }

  private static List<CheckCase> keyrings() {
    return List.of(
        CheckCase.of(
            Check.LOAD_KEYRING,
            () -> load(NEW, LoadRequest.of(PROGRAM, GOOD, new KeyringSelector.Id(3)))),
        CheckCase.of(Check.KEYRING_INVALIDATED, () -> keyring(KeyState.INVALIDATED)),
        CheckCase.of(Check.KEYRING_REVOKED, () -> keyring(KeyState.REVOKED)),
        CheckCase.of(Check.KEYRING_EXPIRED, () -> keyring(KeyState.EXPIRED)),
        CheckCase.of(
            Check.VERIFICATION_NOT_BUILT,
            () -> {
              KernelProfile profile = without(KernelFeature.SYSTEM_DATA_VERIFICATION);
              return load(profile, GOOD, ring(profile, ROOT));
            }),
        CheckCase.of(
            Check.PLATFORM_ABSENT,
            () ->
                load(
                    without(KernelFeature.PLATFORM_KEYRING),
                    LoadRequest.of(PROGRAM, GOOD, KeyringSelector.PLATFORM))));
  }

  /** A loader whose first instruction is a 16-byte load of that source. */
  private static Verdict judged(KernelProfile profile, Generation generation, String insns) {
    Bytes program = Bytes.concat(Bytes.hex(insns), PROGRAM);
    Bytes payload = generation.payload(program, VALUE);
    Bytes signature = MessageRecipe.of(payload, CheckLab.signer(ROOT)).make();
    SignedForm form = new SignedForm(generation, program, signature);
    return KernelMirror.of(profile).judge(form, VALUE, trusted());
  }

  private static List<CheckCase> insns() {
    String rest = "000000000000000000000000000000";
    return List.of(
        CheckCase.of(
            Check.LOAD_MAP_BY_FD, () -> judged(NEW, Generation.V7_3, "1810" + rest.substring(2))),
        CheckCase.of(
            Check.LOAD_MAP_UNBOUND,
            () -> judged(NEW, Generation.V6_18, "1850" + rest.substring(2))),
        CheckCase.of(
            Check.LOAD_BTF_USE, () -> judged(NEW, Generation.V7_3, "1830" + rest.substring(2))),
        CheckCase.of(Check.LOADER_BLOB, () -> judged(OLD, Generation.V6_18, comparing())));
  }

  /** A loader that compares its blob, as the signer makes it for 6.18. */
  private static String comparing() {
    try {
      Path good = Lab.vectors().resolve("signed/programs/good.bpfs");
      return SignedProgramReader.read(Bytes.owning(Files.readAllBytes(good)))
          .form(Generation.V6_18)
          .orElseThrow()
          .insns()
          .toHex();
    } catch (IOException | FormatException e) {
      throw new AssertionError(e);
    }
  }
}
