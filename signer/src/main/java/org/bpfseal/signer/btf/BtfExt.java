// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.btf;

/**
 * A {@code .BTF.ext} section: records about single instructions.
 *
 * @param functions which function begins there
 * @param lines which source line it is from
 * @param coreRelocations what the kernel adapts to its own types
 */
public record BtfExt(RecordTable functions, RecordTable lines, RecordTable coreRelocations) {
  /** Of an object that has no such section. */
  public static final BtfExt EMPTY =
      new BtfExt(RecordTable.EMPTY, RecordTable.EMPTY, RecordTable.EMPTY);
}
