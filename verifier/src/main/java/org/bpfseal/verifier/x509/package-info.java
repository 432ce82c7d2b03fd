// SPDX-License-Identifier: Apache-2.0
/** X.509 certificates as the kernel reads them. */
@NullMarked
package org.bpfseal.verifier.x509;

import org.jspecify.annotations.NullMarked;
