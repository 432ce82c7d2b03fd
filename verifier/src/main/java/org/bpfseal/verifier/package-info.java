// SPDX-License-Identifier: Apache-2.0
/**
 * The kernel mirror: a profile and a signed load in, the kernel's verdict out.
 *
 * <p>All values are immutable and all classes may be used by several threads at once; there is no
 * global state.
 */
@NullMarked
package org.bpfseal.verifier;

import org.jspecify.annotations.NullMarked;
