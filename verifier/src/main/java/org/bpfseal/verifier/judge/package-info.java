// SPDX-License-Identifier: Apache-2.0
/** Corpora of cases: one file in, one verdict a line out, the same as a guest on a real kernel. */
@NullMarked
package org.bpfseal.verifier.judge;

import org.jspecify.annotations.NullMarked;
