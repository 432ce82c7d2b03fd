// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key;

import java.util.Optional;

/**
 * What a key source gave.
 *
 * @param certificate that was found beside the key
 */
public record KeyMaterial(SigningKey key, Optional<SigningCertificate> certificate) {}
