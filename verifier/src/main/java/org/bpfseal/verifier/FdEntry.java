// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

/** What one file descriptor of {@code fd_array} is. */
public sealed interface FdEntry permits BoundMap, FdEntry.Btf, FdEntry.OtherFile, FdEntry.NotOpen {
  /** A BTF object. */
  record Btf() implements FdEntry {}

  /** An open file that is neither a map nor BTF. */
  record OtherFile() implements FdEntry {}

  /** A number that is no open file. */
  record NotOpen() implements FdEntry {}
}
