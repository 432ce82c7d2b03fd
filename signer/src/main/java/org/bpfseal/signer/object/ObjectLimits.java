// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.object;

/** How much a light skeleton can hold. */
public final class ObjectLimits {
  /** {@code MAX_USED_MAPS} of libbpf's {@code gen_loader.c} at 1.8. */
  public static final int MOST_MAPS = 64;

  /** {@code MAX_USED_PROGS} of libbpf's {@code gen_loader.c} at 1.8. */
  public static final int MOST_PROGRAMS = 32;

  /** The kernel checks at most 16 MiB − 1 of instructions and blob together (7.3 and later). */
  public static final int LARGEST_PAYLOAD = (16 << 20) - 1;

  /** A blob that isn't checked with the signature may be larger; memory sets this bound. */
  public static final int LARGEST_BLOB = 24 << 20;

  private ObjectLimits() {}

  /** The refusal of an object with that many maps. */
  static ObjectRefusedException tooManyMaps(int count) {
    return ObjectRefusedException.ofObject(
        "it has " + count + " maps, and a light skeleton holds " + MOST_MAPS,
        "split the object, or merge data sections");
  }

  /** The refusal of an object whose blob would be too large. */
  public static ObjectRefusedException tooLarge() {
    return ObjectRefusedException.ofObject(
        "its maps, programs and types are larger than 24 MiB together",
        "put large arrays into maps of their own in .maps, or split the object");
  }

  /** The refusal of a payload that the kernel wouldn't check. */
  public static ObjectRefusedException unchecked() {
    return ObjectRefusedException.ofObject(
        "its loader and blob are larger than the 16 MiB that kernel 7.3 checks",
        "put large arrays into maps of their own in .maps, or sign --for 6.18 alone");
  }
}
