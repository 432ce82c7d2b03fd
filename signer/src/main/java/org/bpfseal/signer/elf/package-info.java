// SPDX-License-Identifier: Apache-2.0
/** ELF files of BPF objects: bytes to sections, symbols and relocations. */
@NullMarked
package org.bpfseal.signer.elf;

import org.jspecify.annotations.NullMarked;
