// SPDX-License-Identifier: Apache-2.0
/** The guard, the BPF security module that holds links until a confirm. */
@NullMarked
package org.bpfseal.preload.guard;

import org.jspecify.annotations.NullMarked;
