// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.btf;

import org.bpfseal.verifier.bytes.FormatException;

/**
 * Finds chains of types that never end: a typedef, qualifier, tag, variable or array that is made
 * of itself.
 *
 * <p>Pointers may form circles, and structures contain themselves only through pointers or not at
 * all, which nobody here follows. Each type has at most one successor, so one walk over all of them
 * is enough; it is linear and needs no stack.
 */
final class BtfCycles {
  private BtfCycles() {}

  static void check(Btf btf) throws FormatException {
    int[] seenBy = new int[btf.count()];
    for (int start = 1; start < btf.count(); start++) {
      int id = start;
      while (id != 0 && seenBy[id] == 0) {
        seenBy[id] = start;
        id = successor(btf, id);
        if (id != 0 && seenBy[id] == start) {
          throw btf.problem(id, "expected a type that ends somewhere, found one made of itself");
        }
      }
    }
  }

  private static int successor(Btf btf, int id) {
    return switch (btf.kind(id)) {
      case TYPEDEF, VOLATILE, CONST, RESTRICT, TYPE_TAG, VAR, DECL_TAG -> btf.sizeOrType(id);
      case ARRAY -> btf.arrayElement(id);
      case VOID, INT, PTR, STRUCT, UNION, ENUM, FWD, FUNC, FUNC_PROTO, DATASEC, FLOAT, ENUM64 -> 0;
    };
  }
}
