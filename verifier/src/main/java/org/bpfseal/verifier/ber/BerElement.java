// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.ber;

import org.bpfseal.verifier.bytes.Bytes;

/**
 * One element as the decoder hands it to an action.
 *
 * @param tag identifier octet
 * @param encoded header and contents as they stand. Of a constructed element of indefinite length
 *     that the schema knows, the end-of-contents octets are left out; of one that it doesn't, they
 *     are the end of the contents
 * @param headerLength identifier and length octets
 * @param offset of the header in the whole input
 */
public record BerElement(int tag, Bytes encoded, int headerLength, long offset) {
  public Bytes contents() {
    return encoded.from(headerLength);
  }

  /** The identifier octet as two hex digits. */
  public String tagText() {
    return BerReader.tagText(tag);
  }
}
