// SPDX-License-Identifier: Apache-2.0
/** Makes signed programs and writes them as {@code .bpfs} files. */
@NullMarked
package org.bpfseal.signer.program;

import org.jspecify.annotations.NullMarked;
