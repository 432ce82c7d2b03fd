// SPDX-License-Identifier: Apache-2.0
/** Keyrings: keys, lookup by identifier, restrictions, and the walk from a signer to trust. */
@NullMarked
package org.bpfseal.verifier.keyring;

import org.jspecify.annotations.NullMarked;
