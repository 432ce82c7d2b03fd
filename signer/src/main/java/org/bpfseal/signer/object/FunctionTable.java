// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.object;

import java.util.List;
import java.util.OptionalInt;

/**
 * All functions of an object by section and place in it; an index in the list names one.
 *
 * @param text index of the section {@code .text}; 0 if there is none
 */
public record FunctionTable(List<BpfFunction> functions, int text) {
  /** Copies the list. */
  public FunctionTable {
    functions = List.copyOf(functions);
  }

  public BpfFunction function(int index) {
    return functions.get(index);
  }

  public int size() {
    return functions.size();
  }

  /** The function that an instruction of a section belongs to. */
  public OptionalInt containing(int section, long instruction) {
    int low = 0;
    int high = functions.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (isAtOrBefore(functions.get(middle), section, instruction)) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    if (low > high) {
      return OptionalInt.empty();
    }
    BpfFunction found = functions.get(low);
    return found.section() == section
            && instruction >= found.start()
            && instruction < (long) found.start() + found.length()
        ? OptionalInt.of(low)
        : OptionalInt.empty();
  }

  private static boolean isAtOrBefore(BpfFunction function, int section, long instruction) {
    return function.section() < section
        || (function.section() == section && function.start() <= instruction);
  }
}
