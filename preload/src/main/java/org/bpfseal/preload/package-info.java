// SPDX-License-Identifier: Apache-2.0
/** Signed programs → image → boot. */
@NullMarked
package org.bpfseal.preload;

import org.jspecify.annotations.NullMarked;
