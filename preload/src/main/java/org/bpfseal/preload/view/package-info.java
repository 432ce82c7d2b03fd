// SPDX-License-Identifier: Apache-2.0
/** An image as its operator sees it: what is in it, who signed it, what each kernel says to it. */
@NullMarked
package org.bpfseal.preload.view;

import org.jspecify.annotations.NullMarked;
