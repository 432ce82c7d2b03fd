// SPDX-License-Identifier: Apache-2.0
/** How a preload image gets into a distribution's own initramfs. */
@NullMarked
package org.bpfseal.preload.integration;

import org.jspecify.annotations.NullMarked;
