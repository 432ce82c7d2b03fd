// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.btf;

import java.nio.ByteOrder;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * Where the parts of a {@code .BTF} section are; offsets in bytes from its start.
 *
 * @param at offset of the section from the start of the file, for refusals
 */
record BtfHeader(
    ByteOrder order,
    long at,
    int length,
    int types,
    int typesLength,
    int strings,
    int stringsLength) {

  FormatException problem(String path, long offset, String problem) {
    return new FormatException("BTF", path, at + offset, problem);
  }
}
