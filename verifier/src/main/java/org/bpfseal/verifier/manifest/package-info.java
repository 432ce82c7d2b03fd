// SPDX-License-Identifier: Apache-2.0
/** The manifest of a preload image: its values, its one reader, its one text. */
@NullMarked
package org.bpfseal.verifier.manifest;

import org.jspecify.annotations.NullMarked;
