// SPDX-License-Identifier: Apache-2.0
/** What root may ask the holder of a confirm key, and what the holder answers. */
@NullMarked
package org.bpfseal.verifier.token;

import org.jspecify.annotations.NullMarked;
