// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.program;

import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * One member of a signed program's archive.
 *
 * @param offset of its content, in bytes from the start of the file
 */
record Member(String name, Bytes content, long offset) {
  FormatException fail(String problem) {
    return new FormatException(SignedProgramReader.FORMAT, name, offset, problem);
  }
}
