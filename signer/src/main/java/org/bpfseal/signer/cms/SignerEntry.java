// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cms;

import org.bpfseal.signer.key.SigningCertificate;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * One signer of a message.
 *
 * @param signature what the certificate's key made of the content
 */
public record SignerEntry(SigningCertificate certificate, Bytes signature) {}
