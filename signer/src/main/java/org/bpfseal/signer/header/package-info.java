// SPDX-License-Identifier: Apache-2.0
/** Reads light skeletons that bpftool wrote as C headers. */
@NullMarked
package org.bpfseal.signer.header;

import org.jspecify.annotations.NullMarked;
