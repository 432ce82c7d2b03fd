// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.loader;

/**
 * A symbol of the kernel that a program uses and the loader looks up.
 *
 * @param weak whether the program is loaded too where the kernel has no such symbol
 */
public record Extern(String name, Kind kind, boolean weak) {
  /** How the program uses it. */
  public enum Kind {
    /** A call of a kfunc. */
    FUNCTION,
    /** The address of a variable or function with a type. */
    TYPED,
    /** The address of a symbol without a type, by kallsyms; always weak. */
    UNTYPED
  }
}
