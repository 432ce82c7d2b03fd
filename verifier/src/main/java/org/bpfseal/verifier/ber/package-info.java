// SPDX-License-Identifier: Apache-2.0
/** The kernel's BER decoder: its lengths, limits and oddities; no schema. */
@NullMarked
package org.bpfseal.verifier.ber;

import org.jspecify.annotations.NullMarked;
