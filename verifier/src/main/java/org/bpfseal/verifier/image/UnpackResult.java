// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.image;

/** How the unpacking of one packed segment went. */
sealed interface UnpackResult {
  /**
   * All well.
   *
   * @param used bytes of the input; more than there are if the kernel would go on behind its end
   */
  record Whole(long used) implements UnpackResult {}

  /** The kernel fails here too, having unpacked exactly the same till then. */
  record Broken(String problem) implements UnpackResult {}

  /** What the kernel does, or how much it has unpacked before, isn't known. */
  record Unknown(String problem) implements UnpackResult {}
}
