// SPDX-License-Identifier: Apache-2.0
/**
 * Loaders of light skeletons: their instructions and blob read back into an inventory of what they
 * make.
 */
@NullMarked
package org.bpfseal.verifier.loader;

import org.jspecify.annotations.NullMarked;
