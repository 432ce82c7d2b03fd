// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.crypto.Digests;
import org.bpfseal.verifier.crypto.HashAlgorithm;
import org.bpfseal.verifier.loader.LoaderReader;
import org.bpfseal.verifier.program.Generation;
import org.bpfseal.verifier.program.SignedForm;

/**
 * A signed loader from load to run, or a program signed without one: what is judged after its
 * signature.
 *
 * <p>A signed program may use only the maps that its signature covers (since 7.3); and the 6.18
 * form compares its blob by itself, with the hash that its instructions hold.
 */
final class LoaderJudge {
  private static final int INSN_SIZE = 8;
  private static final int WIDE_LOAD = 0x18;

  private final KernelProfile profile;
  private final LoadJudge loads;

  LoaderJudge(KernelProfile profile, LoadJudge loads) {
    this.profile = profile;
    this.loads = loads;
  }

  /** Returns if the loader would load, and would run with this blob. */
  List<Advice> require(SignedForm form, Bytes data, KeyringSelector keyring) throws Refusal {
    final List<Advice> advice =
        requireLoad(form, data, keyring, form.generation() == Generation.V7_3);
    Optional<Bytes> expected = LoaderReader.blobDigest(form.insns());
    if (expected.isPresent() && !expected.get().equals(Digests.of(HashAlgorithm.SHA256, data))) {
      throw Refusal.of(Check.LOADER_BLOB, "data");
    }
    if (expected.isEmpty() && profile.signedLoad() == KernelProfile.SignedLoad.INSNS) {
      advice.add(Advice.of(Advice.Kind.BLOB_UNPROTECTED, "data"));
    }
    return advice;
  }

  /**
   * Returns if a program that needs no loader would be loaded.
   *
   * @param data value of the one map that it uses; empty if it uses none
   */
  List<Advice> requireDirect(SignedForm form, Bytes data, KeyringSelector keyring) throws Refusal {
    boolean binds = form.generation() == Generation.V7_3 && !data.isEmpty();
    final List<Advice> advice = requireLoad(form, data, keyring, binds);
    advice.add(Advice.of(Advice.Kind.ATTRIBUTES_UNCOVERED, "load"));
    return advice;
  }

  private List<Advice> requireLoad(
      SignedForm form, Bytes data, KeyringSelector keyring, boolean binds) throws Refusal {
    LoadRequest request = LoadRequest.of(form.insns(), form.signature(), keyring);
    if (binds) {
      Bytes programHash = Digests.of(HashAlgorithm.SHA256, form.insns());
      request = request.binding(List.of(BoundMap.frozenExclusive("blob", data, programHash)));
    }
    List<Advice> advice = new ArrayList<>(loads.require(request));
    if (profile.signedLoad() == KernelProfile.SignedLoad.INSNS_AND_MAPS) {
      requireCoveredMaps(form.insns(), binds);
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
}
