// SPDX-License-Identifier: Apache-2.0
/** Signed programs: one {@code .bpfs} file each. */
@NullMarked
package org.bpfseal.verifier.program;

import org.jspecify.annotations.NullMarked;
