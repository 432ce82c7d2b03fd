// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import org.bpfseal.verifier.bytes.Bytes;

/**
 * A certificate and what others need to name it.
 *
 * @param skid its subject key identifier; empty for none
 */
record Certificate(Node tree, LabKey key, Node subject, Node issuer, Node serial, Bytes skid) {

  Certificate withTree(Node other) {
    return new Certificate(other, key, subject, issuer, serial, skid);
  }

  Bytes der() {
    return Encoding.of(tree);
  }
}
