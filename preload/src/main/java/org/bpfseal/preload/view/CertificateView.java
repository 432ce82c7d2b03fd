// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.view;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.bpfseal.verifier.KernelMirror;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.crypto.KeyStrength;
import org.bpfseal.verifier.keyring.Key;
import org.bpfseal.verifier.manifest.CertificateEntry;
import org.bpfseal.verifier.x509.Certificate;

/**
 * A certificate that the manifest names.
 *
 * @param file its name in the image
 * @param key absent if the image doesn't have it, or the newest kernel can't read it
 */
public record CertificateView(String file, Optional<Key> key) {
  static CertificateView of(CertificateEntry entry, Optional<Bytes> der, KernelMirror mirror) {
    return new CertificateView(entry.name(), der.flatMap(bytes -> mirror.readKey(bytes).key()));
  }

  /** The name that the kernel makes of its subject; the file's name if it can't be read. */
  public String subject() {
    return key.map(Key::certificate).map(read -> read.subjectName().toUtf8()).orElse(file);
  }

  /** Key algorithm and the days between which it is valid, which the kernel never looks at. */
  public String detail() {
    return key.map(Key::certificate)
        .map(
            read ->
                "%s, valid %s to %s"
                    .formatted(
                        KeyStrength.describe(read.publicKey()),
                        day(read.notBefore()),
                        day(read.notAfter())))
        .orElse("not readable");
  }

  /** The subject key identifier in hex; empty if it has none. */
  public String skid() {
    return key.map(Key::certificate).flatMap(Certificate::skid).map(Bytes::toHex).orElse("");
  }

  private static LocalDate day(long seconds) {
    return LocalDate.ofInstant(Instant.ofEpochSecond(seconds), ZoneOffset.UTC);
  }
}
