// SPDX-License-Identifier: Apache-2.0
/** The view of an image as one HTML page. */
@NullMarked
package org.bpfseal.preload.page;

import org.jspecify.annotations.NullMarked;
