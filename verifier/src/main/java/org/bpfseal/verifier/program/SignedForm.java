// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.program;

import org.bpfseal.verifier.bytes.Bytes;

/**
 * The loader of one generation and its signature.
 *
 * @param insns loader instructions, 8 bytes each
 * @param signature detached CMS over {@link Generation#payload}
 */
public record SignedForm(Generation generation, Bytes insns, Bytes signature) {}
