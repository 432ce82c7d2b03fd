// SPDX-License-Identifier: Apache-2.0
/**
 * Hashes and signatures as the kernel's crypto API answers for them; the only package that knows a
 * crypto library.
 */
@NullMarked
package org.bpfseal.verifier.crypto;

import org.jspecify.annotations.NullMarked;
