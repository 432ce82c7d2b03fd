// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.manifest;

import org.bpfseal.verifier.bpf.MapType;

/**
 * A map that the program makes.
 *
 * @param name as the kernel has it, 1 to 15 letters, digits, {@code _} or {@code .}
 * @param pinned whether it is pinned under its name, which then has no {@code .}
 */
public record MapEntry(String name, MapType type, boolean pinned) {}
