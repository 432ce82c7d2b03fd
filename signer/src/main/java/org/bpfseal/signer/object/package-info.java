// SPDX-License-Identifier: Apache-2.0
/** The parsed object: what an ELF file and its BTF say about programs, maps and externs. */
@NullMarked
package org.bpfseal.signer.object;

import org.jspecify.annotations.NullMarked;
