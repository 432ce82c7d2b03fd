// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.manifest;

import org.bpfseal.verifier.bytes.Bytes;

/**
 * A certificate of the image.
 *
 * @param name file name in the image, ends with {@code .der}
 * @param sha256 of the file, 32 bytes
 */
public record CertificateEntry(String name, Bytes sha256) {}
