// SPDX-License-Identifier: Apache-2.0
/** Tokens: the signed answer to a machine's challenge. */
@NullMarked
package org.bpfseal.signer.token;

import org.jspecify.annotations.NullMarked;
