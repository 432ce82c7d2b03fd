// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key;

import org.bpfseal.verifier.bytes.Bytes;

/**
 * The certificate that the kernel will find the signer by.
 *
 * @param der the whole certificate
 * @param subject its subject's name, as RFC 4514 text
 * @param skid the subject key identifier, without its OCTET STRING header
 * @param publicKey what must match the private key
 */
public record SigningCertificate(
    Bytes der, String subject, Bytes skid, SigningPublicKey publicKey) {}
