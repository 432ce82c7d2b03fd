// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.crypto;

import org.bpfseal.verifier.Place;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * A public key as it stands in a certificate; nothing in it was checked but its algorithm's name.
 *
 * @param bits the contents of subjectPublicKey, without the octet that counts unused bits
 * @param parameters the parameters of its AlgorithmIdentifier with their header; may be empty
 * @param gost512 for {@link KeyAlgorithm#ECRDSA}: named as a 512-bit key
 * @param place of the bits
 * @param parametersPlace of the parameters
 */
public record PublicKey(
    KeyAlgorithm algorithm,
    Bytes bits,
    Bytes parameters,
    boolean gost512,
    Place place,
    Place parametersPlace) {}
