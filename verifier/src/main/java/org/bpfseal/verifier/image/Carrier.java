// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.image;

import java.util.Locale;
import java.util.Optional;
import org.bpfseal.verifier.KernelRelease;
import org.bpfseal.verifier.program.Generation;

/** Who keeps a promise: above all, who looks at a program's signature when it is loaded. */
public enum Carrier {
  /** The kernel, as it loads the program: 6.18 and later. */
  KERNEL,
  /** The guard, which asks the kernel before the load: 6.12 to 6.17. */
  GUARD,
  /** Nobody: so the guard itself is loaded on 6.12 to 6.17. */
  NOBODY;

  /** As the boot loader reports it. */
  public String text() {
    return this == NOBODY ? "none" : name().toLowerCase(Locale.ROOT);
  }

  /**
   * Who does on that kernel; empty if the boot loader loads nothing there.
   *
   * @param otherwise who does where the kernel doesn't
   */
  static Optional<Carrier> of(KernelRelease release, Optional<Carrier> otherwise) {
    if (release.isAtLeast(6, 18)) {
      return Optional.of(KERNEL);
    }
    return release.isAtLeast(6, 12) ? otherwise : Optional.empty();
  }

  /** The form that the boot loader takes: where it has a choice, the one that covers the blob. */
  static Generation form(KernelRelease release) {
    return release.isAtLeast(6, 18) && !release.isAtLeast(7, 3)
        ? Generation.V6_18
        : Generation.V7_3;
  }
}
