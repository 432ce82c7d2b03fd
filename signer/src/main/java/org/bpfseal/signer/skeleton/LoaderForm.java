// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.skeleton;

import org.bpfseal.verifier.program.Generation;

/** The shapes that a loader's instructions have; the blob is the same for all. */
public enum LoaderForm {
  /** As bpftool writes it without a signature: its caller may change sizes and initial values. */
  UNSIGNED,
  /** For a signature over instructions and blob, kernel 7.3 and later (bpftool 7.8.0). */
  SIGNED,
  /**
   * For a signature over the instructions alone, kernels 6.18 to 7.2: they compare the blob's
   * SHA-256, which the kernel keeps with the frozen map, with constants of their own.
   */
  SIGNED_SELF_CHECKING;

  /** The form that kernels of a generation take. */
  public static LoaderForm of(Generation generation) {
    return switch (generation) {
      case V7_3 -> SIGNED;
      case V6_18 -> SIGNED_SELF_CHECKING;
    };
  }

  /** Whether the caller may change sizes and initial values of maps. */
  boolean takesValuesOfCaller() {
    return this == UNSIGNED;
  }

  boolean checksBlob() {
    return this == SIGNED_SELF_CHECKING;
  }
}
