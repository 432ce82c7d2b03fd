// SPDX-License-Identifier: Apache-2.0
/** The kernel mirror: a profile and a signed load in, the kernel's verdict out. */
@NullMarked
package org.bpfseal.verifier;

import org.jspecify.annotations.NullMarked;
