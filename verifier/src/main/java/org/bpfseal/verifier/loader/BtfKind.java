// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.loader;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of BTF types that loaders look up: include/uapi/linux/btf.h. */
public enum BtfKind {
  TYPEDEF(8),
  FUNC(12),
  VAR(14);

  private final int number;

  BtfKind(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  /** The kind of that number, if loaders look it up. */
  static Optional<BtfKind> of(int number) {
    return Arrays.stream(values()).filter(kind -> kind.number == number).findFirst();
  }
}
