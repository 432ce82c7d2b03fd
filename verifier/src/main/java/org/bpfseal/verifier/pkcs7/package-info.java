// SPDX-License-Identifier: Apache-2.0
/** PKCS#7 messages as the kernel reads and verifies them. */
@NullMarked
package org.bpfseal.verifier.pkcs7;

import org.jspecify.annotations.NullMarked;
