// SPDX-License-Identifier: Apache-2.0
/**
 * Keys on PKCS#11 tokens (Cryptoki 2.40), called directly through the foreign-function API.
 *
 * <p>The JDK's own PKCS#11 provider shows only keys whose certificate is on the token too, and
 * can't tell tokens by label, so it can follow no RFC 7512 URI. Nothing here is loaded before a key
 * on a token is asked for.
 */
@NullMarked
package org.bpfseal.signer.key.pkcs11;

import org.jspecify.annotations.NullMarked;
