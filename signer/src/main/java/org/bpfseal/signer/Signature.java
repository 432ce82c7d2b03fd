// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer;

import org.bpfseal.verifier.bytes.Bytes;

/**
 * A finished signature.
 *
 * @param der detached CMS SignedData
 */
public record Signature(Bytes der) {}
