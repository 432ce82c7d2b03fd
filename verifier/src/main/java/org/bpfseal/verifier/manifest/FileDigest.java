// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.manifest;

import org.bpfseal.verifier.bytes.Bytes;

/**
 * A file's size and digest.
 *
 * @param size in bytes, a multiple of 8
 * @param sha256 32 bytes
 */
public record FileDigest(int size, Bytes sha256) {}
