// SPDX-License-Identifier: Apache-2.0
/** The preload image: which files it has, and the initramfs archive that they become. */
@NullMarked
package org.bpfseal.preload.image;

import org.jspecify.annotations.NullMarked;
