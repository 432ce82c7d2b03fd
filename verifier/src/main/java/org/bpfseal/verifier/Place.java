// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

/**
 * Where something stands in an input, for findings about it.
 *
 * @param path inside the input, as in {@link Finding}
 * @param offset of its first byte from the start of the input
 */
public record Place(String path, long offset) {}
