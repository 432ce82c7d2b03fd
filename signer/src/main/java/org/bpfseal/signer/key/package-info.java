// SPDX-License-Identifier: Apache-2.0
/**
 * Signing keys and their certificates: the readers of their files, and the only place that touches
 * private keys.
 */
@NullMarked
package org.bpfseal.signer.key;

import org.jspecify.annotations.NullMarked;
