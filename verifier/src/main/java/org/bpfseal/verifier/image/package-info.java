// SPDX-License-Identifier: Apache-2.0
/** Preload images: what the kernel unpacks of them, the bundle inside, and the verdict on it. */
@NullMarked
package org.bpfseal.verifier.image;

import org.jspecify.annotations.NullMarked;
