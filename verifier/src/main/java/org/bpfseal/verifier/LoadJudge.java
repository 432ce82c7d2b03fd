// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bpfseal.verifier.ber.BerReader;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * {@code BPF_PROG_LOAD} as far as the signature and the maps that it covers decide.
 *
 * <p>kernel/bpf/syscall.c up to 7.2, kernel/bpf/verifier.c since 7.3.
 */
final class LoadJudge {
  private static final int INSN_SIZE = 8;
  private static final int MOST_INSNS = 1_000_000;
  private static final int SIGNATURE_LIMIT = 8192;
  private static final long PAYLOAD_LIMIT = (1 << 24) - 1;
  private static final int WIDE_LOAD = 0x18;

  private final KernelProfile profile;
  private final MessageJudge messages;

  LoadJudge(KernelProfile profile, MessageJudge messages) {
    this.profile = profile;
    this.messages = messages;
  }

  /** Returns if the kernel would go on to the program itself. */
  List<Advice> require(LoadRequest request) throws Refusal {
    requireKnownAttributes(request);
    Bytes insns = request.insns().slice(0, request.insns().size() / INSN_SIZE * INSN_SIZE);
    requireCount(insns.size() / INSN_SIZE);
    List<Advice> advice = new ArrayList<>();
    if (request.signature().isEmpty()) {
      advice.add(Advice.of(Advice.Kind.UNSIGNED, "signature"));
    }
    switch (profile.signedLoad()) {
      case NONE -> {}
      case INSNS -> {
        if (request.signature().isPresent()) {
          advice.addAll(requireSignature(request, insns));
        }
        FdArray.bind(profile, request, insns);
      }
      case INSNS_AND_MAPS -> advice.addAll(requireInsnsAndMaps(request, insns));
    }
    return advice;
  }

  private List<Advice> requireInsnsAndMaps(LoadRequest request, Bytes insns) throws Refusal {
    int last = insns.size() - INSN_SIZE;
    if (insns.at(last) == WIDE_LOAD) {
      throw Refusal.at(Check.LOAD_INSN_HALF, "insns", last, last / INSN_SIZE);
    }
    List<BoundMap> maps = FdArray.bind(profile, request, insns);
    if (request.signature().isEmpty()) {
      return List.of();
    }
    if (request.signatureSize() == 0) {
      throw Refusal.of(Check.LOAD_SIGNATURE_EMPTY, "signature_size");
    }
    requireSize(request);
    messages.resolved(request.keyring());
    requireFoldable(insns, maps);
    return requireMessage(request, fold(insns, maps));
  }

  private List<Advice> requireSignature(LoadRequest request, Bytes insns) throws Refusal {
    if (profile.limitsSignatureSize()) {
      requireSize(request);
    }
    messages.resolved(request.keyring());
    return requireMessage(request, insns);
  }

  private List<Advice> requireMessage(LoadRequest request, Bytes payload) throws Refusal {
    return messages.requireForProgram(payload, signature(request), request.keyring());
  }

  /** The bytes that the kernel copies: memory beyond the signature reads as zeros. */
  private static Bytes signature(LoadRequest request) {
    Bytes memory = request.signature().orElse(Bytes.EMPTY);
    long size = request.signatureSize();
    if (size <= memory.size()) {
      return memory.slice(0, (int) size);
    }
    // Whatever the size, one byte above the decoder's limit says all.
    int copied = (int) Math.min(size, BerReader.LIMIT + 1);
    return Bytes.owning(Arrays.copyOf(memory.toArray(), copied));
  }

  private void requireKnownAttributes(LoadRequest request) throws Refusal {
    boolean zeroId = request.keyring().equals(KeyringSelector.BUILTIN);
    boolean fields = request.signature().isPresent() || request.signatureSize() != 0 || !zeroId;
    boolean unknown =
        (profile.signedLoad() == KernelProfile.SignedLoad.NONE && fields)
            || (!profile.release().isAtLeast(6, 14) && request.fdArrayCount() != 0);
    if (unknown) {
      throw Refusal.of(Check.LOAD_ATTRIBUTES_UNKNOWN, "attributes");
    }
  }

  private static void requireCount(int count) throws Refusal {
    if (count == 0 || count > MOST_INSNS) {
      throw Refusal.of(Check.LOAD_INSN_COUNT, "insn_cnt", count);
    }
  }

  private static void requireSize(LoadRequest request) throws Refusal {
    if (request.signatureSize() > SIGNATURE_LIMIT) {
      throw Refusal.of(Check.LOAD_SIGNATURE_LONG, "signature_size", request.signatureSize());
    }
  }

  private static void requireFoldable(Bytes insns, List<BoundMap> maps) throws Refusal {
    long total = insns.size();
    for (BoundMap map : maps) {
      requireFoldable(map);
      total += map.value().size();
    }
    if (total > PAYLOAD_LIMIT) {
      throw Refusal.of(Check.LOAD_PAYLOAD_LONG, "maps", total);
    }
    for (BoundMap map : maps) {
      if (map.maxEntries() != 1) {
        throw Refusal.of(Check.LOAD_MAP_ENTRIES, "maps", map.name(), map.maxEntries());
      }
    }
  }

  private static void requireFoldable(BoundMap map) throws Refusal {
    if (!map.plainArray()) {
      throw Refusal.of(Check.LOAD_MAP_TYPE, "maps", map.name());
    }
    if (!map.frozen()) {
      throw Refusal.of(Check.LOAD_MAP_NOT_FROZEN, "maps", map.name());
    }
    if (map.written()) {
      throw Refusal.of(Check.LOAD_MAP_WRITTEN, "maps", map.name());
    }
    if (map.exclusiveTo().isEmpty()) {
      throw Refusal.of(Check.LOAD_MAP_NOT_EXCLUSIVE, "maps", map.name());
    }
  }

  private static Bytes fold(Bytes insns, List<BoundMap> maps) {
    if (maps.isEmpty()) {
      return insns;
    }
    List<Bytes> parts = new ArrayList<>();
    parts.add(insns);
    maps.forEach(map -> parts.add(map.value()));
    return Bytes.concat(parts.toArray(Bytes[]::new));
  }
}
