// SPDX-License-Identifier: Apache-2.0
/** What is signed as a file, whatever is in it: detached, as a kernel module, through fs-verity. */
@NullMarked
package org.bpfseal.signer.file;

import org.jspecify.annotations.NullMarked;
