// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.crypto;

import java.util.Optional;
import org.bpfseal.verifier.Place;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * A signature and what it was made over.
 *
 * @param hash absent ("none" in the kernel) where the scheme takes the data themselves
 * @param message the digest, or the data; absent when the hash is not available in this kernel
 * @param signature as it stands in the message or certificate
 * @param place of the signature
 */
public record SignedValue(
    SignatureScheme scheme,
    Optional<HashAlgorithm> hash,
    Optional<Bytes> message,
    Bytes signature,
    Place place) {}
