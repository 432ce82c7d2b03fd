// SPDX-License-Identifier: Apache-2.0
/** Object file → parsed object → light skeleton → signature → signed program. */
@NullMarked
package org.bpfseal.signer;

import org.jspecify.annotations.NullMarked;
