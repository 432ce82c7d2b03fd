// SPDX-License-Identifier: Apache-2.0
/** Opens whatever key source was named; each is loaded only when it is. */
@NullMarked
package org.bpfseal.signer.key.source;

import org.jspecify.annotations.NullMarked;
