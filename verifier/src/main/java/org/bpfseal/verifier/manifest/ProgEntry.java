// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.manifest;

import org.bpfseal.verifier.bpf.ProgramType;

/**
 * A BPF program that the signed program loads.
 *
 * @param name as the kernel has it, 1 to 15 letters, digits, {@code _} or {@code .}; several may
 *     have the same, since the kernel's names are cut
 */
public record ProgEntry(String name, ProgramType type) {}
