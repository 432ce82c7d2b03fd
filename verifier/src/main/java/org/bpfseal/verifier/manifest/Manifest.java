// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.manifest;

import java.util.List;
import java.util.Optional;

/**
 * The manifest, version 1: what the boot loader loads, in order, and what it attaches that to.
 *
 * <p>A manifest that {@link ManifestReader} has read keeps all limits of the format. One made by
 * hand is checked when {@link ManifestText} writes it.
 *
 * @param version of this content, 1 to 4294967295; higher is newer
 * @param certificates added to the keyring in this order; 1 to 16 for {@link KeyringKind#USER},
 *     else none
 * @param next path of the program that the loader becomes when all is done
 * @param guard of an image whose links can be held
 * @param programs 1 to 64, in load order
 */
public record Manifest(
    long version,
    KeyringKind keyring,
    List<CertificateEntry> certificates,
    FailureMode failure,
    String next,
    Optional<GuardEntry> guard,
    List<ProgramEntry> programs) {
  /** Copies the lists. */
  public Manifest {
    certificates = List.copyOf(certificates);
    programs = List.copyOf(programs);
  }

  /** A manifest of an image without a guard. */
  public Manifest(
      long version,
      KeyringKind keyring,
      List<CertificateEntry> certificates,
      FailureMode failure,
      String next,
      List<ProgramEntry> programs) {
    this(version, keyring, certificates, failure, next, Optional.empty(), programs);
  }
}
