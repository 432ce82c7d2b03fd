// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import java.util.List;
import java.util.Optional;

/** What the kernel would answer. */
public sealed interface Verdict {
  /** The kernel would say yes. */
  record Accepted(List<Advice> advice) implements Verdict {
    /** Copies the list. */
    public Accepted {
      advice = List.copyOf(advice);
    }
  }

  /**
   * The kernel stops at {@code decisive}; its errno is the verdict's.
   *
   * @param further what else is wrong, or what lies behind the decisive one; it informs and never
   *     changes the errno
   */
  record Rejected(Finding decisive, List<Finding> further, List<Advice> advice) implements Verdict {
    /** Copies the lists. */
    public Rejected {
      further = List.copyOf(further);
      advice = List.copyOf(advice);
    }
  }

  List<Advice> advice();

  default boolean isAccepted() {
    return this instanceof Accepted;
  }

  /** The errno of a rejection. */
  default Optional<Errno> errno() {
    return switch (this) {
      case Accepted accepted -> Optional.empty();
      case Rejected rejected -> Optional.of(rejected.decisive().errno());
    };
  }

  /** {@code OK} or the errno's name. */
  default String word() {
    return errno().map(Errno::name).orElse("OK");
  }
}
