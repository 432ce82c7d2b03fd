// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.object;

/** Something that an object declares and that the kernel or its configuration defines. */
public sealed interface Extern {
  String name();

  /** Whether it may be missing. */
  boolean weak();

  /**
   * A value of the kernel's configuration, fixed when the skeleton is made.
   *
   * @param offset of the value in the map {@code .kconfig}
   */
  record ConfigValue(String name, boolean weak, int offset) implements Extern {}

  /**
   * A variable of the kernel.
   *
   * @param typed whether its type is known, so that the kernel checks accesses to it
   */
  record KernelVariable(String name, boolean weak, boolean typed) implements Extern {}

  /** A function of the kernel. */
  record KernelFunction(String name, boolean weak) implements Extern {}
}
