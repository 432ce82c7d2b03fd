// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.token;

import java.util.Optional;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * What is signed to allow an operation on one link of one boot of one machine.
 *
 * @param link the link's id, 1 to 4294967295
 * @param name its pin's, {@code PROGRAM/LINK}: 1 to 127 printable ASCII characters without blanks
 * @param sequence the number of confirms on this boot so far, unsigned
 * @param nonce 16 bytes, drawn at boot
 * @param digest of {@link Operation#REPLACE}: SHA-256 of the instructions of the other program's
 *     loader
 */
public record Token(
    Operation operation,
    long link,
    String name,
    long sequence,
    Bytes nonce,
    Optional<Bytes> digest) {
  /** In one line, for the person who is to sign. */
  public String describe() {
    return "a %s for link %d (%s) on boot %s…, sequence %s%s"
        .formatted(
            operation.name(),
            link,
            name,
            nonce.slice(0, 4).toHex(),
            Long.toUnsignedString(sequence),
            digest.map(hash -> ", by the program with digest " + hash.toHex()).orElse(""));
  }

  static boolean isName(String name) {
    return !name.isEmpty()
        && name.length() <= SignedTokenReader.NAME_SIZE - 1
        && name.chars().allMatch(c -> c > ' ' && c <= '~');
  }
}
