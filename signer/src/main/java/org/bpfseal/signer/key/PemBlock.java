// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key;

import org.bpfseal.verifier.bytes.Bytes;

/**
 * One block of a PEM file.
 *
 * @param label what stands after {@code BEGIN}
 * @param cipher name and IV of OpenSSL's old encryption, {@code AES-256-CBC,0123…}; empty if it
 *     isn't encrypted so
 * @param der the decoded content
 * @param offset of the {@code BEGIN} line in the file, in bytes
 */
record PemBlock(String label, String cipher, Bytes der, int offset) {
  boolean encrypted() {
    return !cipher.isEmpty();
  }

  /** Shows no content: it may be a key. */
  @Override
  public String toString() {
    return "PEM block " + label + ", " + der.size() + " bytes";
  }
}
