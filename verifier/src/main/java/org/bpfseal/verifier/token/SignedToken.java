// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.token;

import org.bpfseal.verifier.bytes.Bytes;

/**
 * A token file.
 *
 * @param body the bytes that the signature covers
 * @param signature detached CMS
 */
public record SignedToken(Token token, Bytes body, Bytes signature) {}
