// SPDX-License-Identifier: Apache-2.0
/** Encodes CMS SignedData (RFC 5652) in the one shape that we hand out. */
@NullMarked
package org.bpfseal.signer.cms;

import org.jspecify.annotations.NullMarked;
