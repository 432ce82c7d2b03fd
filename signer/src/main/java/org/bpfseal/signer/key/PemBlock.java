// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key;

import org.bpfseal.verifier.bytes.Bytes;

/**
 * One block of a PEM file.
 *
 * @param label what stands after {@code BEGIN}
 * @param encrypted whether OpenSSL's old header says that the content is encrypted
 * @param der the decoded content
 * @param offset of the {@code BEGIN} line in the file, in bytes
 */
record PemBlock(String label, boolean encrypted, Bytes der, int offset) {
  /** Shows no content: it may be a key. */
  @Override
  public String toString() {
    return "PEM block " + label + ", " + der.size() + " bytes";
  }
}
