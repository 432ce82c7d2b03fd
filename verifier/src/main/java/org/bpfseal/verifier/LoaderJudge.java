// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.crypto.Digests;
import org.bpfseal.verifier.crypto.HashAlgorithm;
import org.bpfseal.verifier.program.Generation;
import org.bpfseal.verifier.program.SignedForm;

/**
 * A signed loader from load to run: what is judged after its signature.
 *
 * <p>A signed program may use only the maps that its signature covers (since 7.3); and the 6.18
 * form compares its blob by itself, 28 instructions that hold the hash.
 */
final class LoaderJudge {
  private static final int INSN_SIZE = 8;
  private static final int WIDE_LOAD = 0x18;
  private static final int HASH_WORDS = 4;
  private static final int INSNS_PER_WORD = 7;

  private final KernelProfile profile;
  private final LoadJudge loads;

  LoaderJudge(KernelProfile profile, LoadJudge loads) {
    this.profile = profile;
    this.loads = loads;
  }

  /** Returns if the loader would load, and would run with this blob. */
  List<Advice> require(SignedForm form, Bytes data, KeyringSelector keyring) throws Refusal {
    boolean binds = form.generation() == Generation.V7_3;
    LoadRequest request = LoadRequest.of(form.insns(), form.signature(), keyring);
    if (binds) {
      Bytes programHash = Digests.of(HashAlgorithm.SHA256, form.insns());
      request = request.binding(List.of(BoundMap.frozenExclusive("blob", data, programHash)));
    }
    final List<Advice> advice = new ArrayList<>(loads.require(request));
    if (profile.signedLoad() == KernelProfile.SignedLoad.INSNS_AND_MAPS) {
      requireCoveredMaps(form.insns(), binds);
    }
    Optional<Bytes> expected = blobHash(form.insns());
    if (expected.isPresent() && !expected.get().equals(Digests.of(HashAlgorithm.SHA256, data))) {
      throw Refusal.of(Check.LOADER_BLOB, "data");
    }
    if (expected.isEmpty() && profile.signedLoad() == KernelProfile.SignedLoad.INSNS) {
      advice.add(Advice.of(Advice.Kind.BLOB_UNPROTECTED, "data"));
    }
    return advice;
  }

  /** The 16-byte loads of a signed program, by their source: fd, BTF or index in fd_array. */
  private static void requireCoveredMaps(Bytes insns, boolean bound) throws Refusal {
    for (int at = 0; at + 2 * INSN_SIZE <= insns.size(); at += INSN_SIZE) {
      if (insns.at(at) == WIDE_LOAD) {
        requireCovered(insns, at, bound);
        at += INSN_SIZE;
      }
    }
  }

  private static void requireCovered(Bytes insns, int at, boolean bound) throws Refusal {
    int number = at / INSN_SIZE;
    switch (insns.at(at + 1) >> 4) {
      case 1, 2 -> throw Refusal.at(Check.LOAD_MAP_BY_FD, "insns", at, number);
      case 3 -> throw Refusal.at(Check.LOAD_BTF_USE, "insns", at, number);
      case 5, 6 -> {
        if (!bound) {
          throw Refusal.at(Check.LOAD_MAP_UNBOUND, "insns", at, number);
        }
      }
      default -> {}
    }
  }

  /** The hash that the loader compares its blob with, if it does. */
  private static Optional<Bytes> blobHash(Bytes insns) {
    int length = HASH_WORDS * INSNS_PER_WORD * INSN_SIZE;
    for (int at = 0; at + length <= insns.size(); at += INSN_SIZE) {
      Optional<Bytes> hash = blobHash(insns, at);
      if (hash.isPresent()) {
        return hash;
      }
    }
    return Optional.empty();
  }

  private static Optional<Bytes> blobHash(Bytes insns, int start) {
    Bytes[] halves = new Bytes[2 * HASH_WORDS];
    for (int k = 0; k < HASH_WORDS; k++) {
      int at = start + k * INSNS_PER_WORD * INSN_SIZE;
      if (!comparesWord(insns, at, k)) {
        return Optional.empty();
      }
      int constant = at + 3 * INSN_SIZE + 4;
      halves[2 * k] = insns.slice(constant, constant + 4);
      halves[2 * k + 1] = insns.slice(constant + INSN_SIZE, constant + INSN_SIZE + 4);
    }
    return Optional.of(Bytes.concat(halves));
  }

  /** r1 = map 0; r2 = its word k; r3 = constant; r7 = -EINVAL; if r2 != r3 goto cleanup. */
  private static boolean comparesWord(Bytes insns, int at, int k) {
    return head(insns, at) == 0x5118
        && head(insns, at + 2 * INSN_SIZE) == (0x1279 | (8 * k) << 16)
        && head(insns, at + 3 * INSN_SIZE) == 0x0318
        && head(insns, at + 5 * INSN_SIZE) == 0x07b7
        && (head(insns, at + 6 * INSN_SIZE) & 0xffff) == 0x325d;
  }

  private static int head(Bytes insns, int at) {
    return insns.i32(at, ByteOrder.LITTLE_ENDIAN);
  }
}
