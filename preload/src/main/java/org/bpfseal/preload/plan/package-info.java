// SPDX-License-Identifier: Apache-2.0
/** The plan: what an image builder wants to be loaded, and the manifest that follows from it. */
@NullMarked
package org.bpfseal.preload.plan;

import org.jspecify.annotations.NullMarked;
