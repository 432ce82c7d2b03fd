// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key.source;

import java.nio.file.Path;
import java.util.Optional;
import org.bpfseal.signer.key.Passwords;
import org.bpfseal.signer.key.SigningCertificate;

/**
 * What a key source may need.
 *
 * @param passwords asked only when something is encrypted or wants a PIN
 * @param certificate that was given apart from the key
 * @param module PKCS#11 module for URIs that name none
 * @param worldReadable whether a PIN file that everybody can read is taken
 * @param cleartextKeyset whether a wrapping keyset without protection is taken
 */
public record KeyAccess(
    Passwords passwords,
    Optional<SigningCertificate> certificate,
    Optional<Path> module,
    boolean worldReadable,
    boolean cleartextKeyset) {}
