// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key.pkcs11;

import java.util.HexFormat;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * An object on a token, as a search found it.
 *
 * @param handle valid in this session
 * @param id its CKA_ID, which a key shares with its certificate
 */
record TokenObject(long handle, String label, Bytes id) {
  /** As attributes of a URI, for messages. */
  String describe() {
    StringBuilder text = new StringBuilder("object=").append(label).append(";id=");
    for (int i = 0; i < id.size(); i++) {
      text.append('%').append(HexFormat.of().toHexDigits((byte) id.at(i)));
    }
    return text.toString();
  }
}
