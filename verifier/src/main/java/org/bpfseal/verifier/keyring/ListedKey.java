// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.keyring;

import org.bpfseal.verifier.bytes.Bytes;

/**
 * A key as the kernel tells user space of it.
 *
 * @param serial that calls name it by
 * @param type such as {@code keyring} or {@code asymmetric}; {@code /proc/keys} has nine letters
 * @param description octets unchanged; in {@code /proc/keys} with what the type adds
 */
public record ListedKey(int serial, String type, Bytes description) {}
