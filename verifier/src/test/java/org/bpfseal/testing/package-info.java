// SPDX-License-Identifier: Apache-2.0
/** How the tests of all modules find real kernels, peer tools and the vectors. */
@NullMarked
package org.bpfseal.testing;

import org.jspecify.annotations.NullMarked;
