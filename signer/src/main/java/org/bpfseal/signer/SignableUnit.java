// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer;

import java.util.List;
import org.bpfseal.signer.key.Payload;
import org.bpfseal.verifier.bytes.Bytes;

/** What one input needs signed, and the output that its signatures make. */
public interface SignableUnit {
  /**
   * Bytes that one signature covers.
   *
   * @param name distinguishes the parts of a unit; empty if there is one only
   * @param covers what these bytes are, for people: "the whole file"
   */
  record Part(String name, String covers, Payload payload) {
    /** Bytes in memory. */
    public Part(String name, String covers, Bytes payload) {
      this(name, covers, Payload.of(payload));
    }
  }

  /** What the signer of it should know: the output is made all the same. */
  default List<String> warnings() {
    return List.of();
  }

  /** One or more, always in the same order. */
  List<Part> parts();

  /**
   * The output's content.
   *
   * @param signatures one for each part, in the parts' order
   */
  Bytes complete(List<Signature> signatures);
}
