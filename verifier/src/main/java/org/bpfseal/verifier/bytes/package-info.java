// SPDX-License-Identifier: Apache-2.0
/**
 * Immutable bytes, the cursor over them that knows its absolute offset, and the one format
 * exception.
 */
@NullMarked
package org.bpfseal.verifier.bytes;

import org.jspecify.annotations.NullMarked;
