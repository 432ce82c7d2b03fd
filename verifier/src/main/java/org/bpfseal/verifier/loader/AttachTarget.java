// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.loader;

/**
 * The kernel's type that a program is bound to; the loader looks its number up.
 *
 * @param name in the kernel's BTF, such as {@code bpf_lsm_file_open}
 * @param kind which kind of type has that name
 */
public record AttachTarget(String name, BtfKind kind) {}
