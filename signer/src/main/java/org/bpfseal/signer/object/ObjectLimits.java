// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.object;

/** How much a light skeleton can hold. */
public final class ObjectLimits {
  /** {@code MAX_USED_MAPS} of libbpf's {@code gen_loader.c} at 1.8. */
  public static final int MOST_MAPS = 64;

  /** {@code MAX_USED_PROGS} of libbpf's {@code gen_loader.c} at 1.8. */
  public static final int MOST_PROGRAMS = 32;

  /** The kernel signs and checks at most 16 MiB − 1 of instructions and blob. */
  public static final int LARGEST_PAYLOAD = (16 << 20) - 1;

  private ObjectLimits() {}

  /** The refusal of an object with that many maps. */
  static ObjectRefusedException tooManyMaps(int count) {
    return ObjectRefusedException.ofObject(
        "it has " + count + " maps, and a light skeleton holds " + MOST_MAPS,
        "split the object, or merge data sections");
  }

  /** The refusal of an object whose parts are too large together. */
  public static ObjectRefusedException tooLarge() {
    return ObjectRefusedException.ofObject(
        "its loader and blob would be larger than the 16 MiB that the kernel checks",
        "make its global variables smaller, or split the object");
  }
}
