// SPDX-License-Identifier: Apache-2.0
/**
 * The proof that the mirror is right: a generator of cases with a seed, a machine that asks a real
 * kernel, and the comparison of both answers, errno for errno.
 */
@NullMarked
package org.bpfseal.verifier.proof;

import org.jspecify.annotations.NullMarked;
