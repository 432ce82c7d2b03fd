// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.util.function.Supplier;
import org.bpfseal.verifier.Check;
import org.bpfseal.verifier.Verdict;

/** A case that fails at one check of the mirror, and passes all those before it. */
record CheckCase(Check check, Supplier<Verdict> verdict) {
  static CheckCase of(Check check, Supplier<Verdict> verdict) {
    return new CheckCase(check, verdict);
  }

  /** What a parameterized test shows. */
  @Override
  public String toString() {
    return check.code();
  }
}
