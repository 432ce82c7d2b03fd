// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * One question to a kernel.
 *
 * @param story how it was made
 * @param certificates added in this order to a fresh keyring
 * @param steps taken next
 * @param load what is loaded then; empty where only keys are added
 */
record Case(int id, String story, List<Bytes> certificates, List<Step> steps, Optional<Load> load) {
  /** {@code signature_size} is the signature's own. */
  static final long WHOLE = 0xffff_ffffL;

  /** {@code keyring_id} is the fresh keyring's. */
  static final int FRESH = 0x7fff_ffff;

  /** Plus its number: {@code keyring_id} is what a step made. */
  static final int NUMBERED = 0x7fff_ff00;

  Case {
    certificates = List.copyOf(certificates);
    steps = List.copyOf(steps);
  }

  Case(int id, String story, List<Bytes> certificates, Optional<Load> load) {
    this(id, story, certificates, List.of(), load);
  }

  /**
   * A load of a socket filter.
   *
   * @param isNull whether the pointer to the signature is null
   */
  record Load(
      Bytes insns,
      Bytes signature,
      boolean isNull,
      long signatureSize,
      int keyringId,
      Optional<Binding> binding) {}
}
