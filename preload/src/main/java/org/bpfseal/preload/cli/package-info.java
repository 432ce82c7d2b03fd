// SPDX-License-Identifier: Apache-2.0
/** The command {@code bpf-preload}. */
@NullMarked
package org.bpfseal.preload.cli;

import org.jspecify.annotations.NullMarked;
