// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.manifest;

/**
 * A link: one attachment of one BPF program, pinned under its name.
 *
 * @param name like a program's; not {@code maps}, where the pinned maps are
 * @param prog index into {@link ProgramEntry#progs}
 */
public record LinkEntry(String name, int prog, LinkTarget target) {}
