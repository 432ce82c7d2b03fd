// SPDX-License-Identifier: Apache-2.0
/** What runs on a machine, and whether it is what a manifest says. */
@NullMarked
package org.bpfseal.preload.attest;

import org.jspecify.annotations.NullMarked;
