// SPDX-License-Identifier: Apache-2.0
/** Boots an image in a virtual machine and reads what the boot loader reports on its console. */
@NullMarked
package org.bpfseal.preload.vm;

import org.jspecify.annotations.NullMarked;
