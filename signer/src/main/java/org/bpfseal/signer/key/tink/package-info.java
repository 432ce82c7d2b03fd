// SPDX-License-Identifier: Apache-2.0
/**
 * Signing keys at rest, wrapped by Tink's AEAD; loaded for {@code tink:} keys and the {@code key}
 * commands only.
 */
@NullMarked
package org.bpfseal.signer.key.tink;

import org.jspecify.annotations.NullMarked;
