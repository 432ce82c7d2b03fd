// SPDX-License-Identifier: Apache-2.0
/** The compiled boot programs: their source is in {@code src/main/c}. */
@NullMarked
package org.bpfseal.preload.loader;

import org.jspecify.annotations.NullMarked;
