// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer;

import org.bpfseal.signer.key.SigningCertificate;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * What a private key made of a payload, without the message around it.
 *
 * @param certificate of that key
 * @param value RSA: PKCS#1 v1.5, as long as the modulus; EC: DER {@code SEQUENCE { r, s }}, or both
 *     numbers at the curve's full length one after the other (IEEE P1363), as many tokens give them
 */
public record SignatureValue(SigningCertificate certificate, Bytes value) {}
