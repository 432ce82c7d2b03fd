// SPDX-License-Identifier: Apache-2.0
/** The command {@code bpf-sign}. */
@NullMarked
package org.bpfseal.signer.cli;

import org.jspecify.annotations.NullMarked;
