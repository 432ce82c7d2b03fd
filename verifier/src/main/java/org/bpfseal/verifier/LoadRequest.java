// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * One {@code BPF_PROG_LOAD}, as far as its signature depends on it.
 *
 * @param insns the instructions, 8 bytes each; {@code insn_cnt} is their number, a rest is dropped
 * @param signature the memory that the {@code signature} pointer leads to; absent for NULL, which
 *     means an unsigned load
 * @param signatureSize {@code signature_size}, unsigned; memory beyond {@code signature} reads as
 *     zeros
 * @param fdArray what {@code fd_array} holds; absent for NULL
 * @param fdArrayCount {@code fd_array_cnt}, unsigned; entries beyond {@code fdArray} are not open
 */
public record LoadRequest(
    Bytes insns,
    Optional<Bytes> signature,
    long signatureSize,
    KeyringSelector keyring,
    Optional<List<FdEntry>> fdArray,
    long fdArrayCount) {
  /** Copies the list. */
  public LoadRequest {
    fdArray = fdArray.map(List::copyOf);
  }

  /** A load that binds no maps. */
  public static LoadRequest of(Bytes insns, Bytes signature, KeyringSelector keyring) {
    return new LoadRequest(
        insns, Optional.of(signature), signature.size(), keyring, Optional.empty(), 0);
  }

  /** The same load with maps bound by {@code fd_array}. */
  public LoadRequest binding(List<? extends FdEntry> maps) {
    return new LoadRequest(
        insns, signature, signatureSize, keyring, Optional.of(List.copyOf(maps)), maps.size());
  }
}
