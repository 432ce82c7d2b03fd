// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpfseal.verifier.AddKeyResult;
import org.bpfseal.verifier.KernelFeature;
import org.bpfseal.verifier.KernelMirror;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.SystemKeyring;
import org.bpfseal.verifier.Verdict;
import org.bpfseal.verifier.keyring.Key;
import org.bpfseal.verifier.keyring.Keyring;
import org.bpfseal.verifier.keyring.Restriction;

/** Puts certificates into the keyrings of a kernel, as that kernel would. */
final class KernelKeys {
  private KernelKeys() {}

  /**
   * The kernel with these certificates in its own keyrings; those of a user's are left out.
   *
   * @throws CommandFailure if the kernel has no such keyring, or refuses a certificate
   */
  static KernelProfile fill(KernelProfile profile, Map<KeyringName, List<CertificateFile>> keys)
      throws CommandFailure {
    KernelProfile filled = profile;
    for (KeyringName name : EnumSet.allOf(KeyringName.class)) {
      Optional<SystemKeyring> system = name.system();
      List<CertificateFile> certificates = keys.getOrDefault(name, List.of());
      if (system.isPresent() && !certificates.isEmpty()) {
        requireKeyring(profile, name);
        Keyring ring = ring(filled, system.get(), certificates);
        filled = filled.toBuilder().keyring(system.get(), ring).build();
      }
    }
    return keys.containsKey(KeyringName.BPF)
        ? filled.toBuilder().with(KernelFeature.BPF_KEYRING).build()
        : filled;
  }

  /**
   * Adds certificates to a keyring. A restricted one may take a certificate only after another, and
   * nobody knows in which order they came, so any order that works will do.
   */
  static void add(KernelProfile profile, Keyring.Builder ring, List<CertificateFile> certificates)
      throws CommandFailure {
    KernelMirror mirror = KernelMirror.of(profile);
    List<CertificateFile> left = new ArrayList<>(certificates);
    while (left.removeIf(one -> mirror.addKey(ring, one.der()).verdict().isAccepted())) {
      // The next round asks again about those that are left.
    }
    if (!left.isEmpty()) {
      AddKeyResult refused = mirror.addKey(ring, left.getFirst().der());
      Verdict.Rejected rejected = (Verdict.Rejected) refused.verdict();
      throw new CommandFailure(
          ExitCode.REFUSED,
          "kernel %s refuses certificate %s in keyring %s with %s: %s"
              .formatted(
                  profile.release(),
                  left.getFirst().file(),
                  ring.name(),
                  refused.verdict().word(),
                  rejected.decisive()),
          rejected.decisive().check().remedy().text());
    }
  }

  private static void requireKeyring(KernelProfile profile, KeyringName name)
      throws CommandFailure {
    if (!name.isIn(profile)) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--keyring %s: kernel %s is built without it".formatted(name.text(), profile.release()));
    }
  }

  private static Keyring ring(
      KernelProfile profile, SystemKeyring which, List<CertificateFile> certificates)
      throws CommandFailure {
    Keyring.Builder ring = Keyring.named(which.keyringName());
    if (which == SystemKeyring.SECONDARY) {
      ring.restriction(secondaryRestriction(profile));
    }
    add(profile, ring, certificates);
    if (which != SystemKeyring.BUILTIN) {
      return ring.restriction(new Restriction.None()).build();
    }
    Keyring.Builder builtin = Keyring.named(which.keyringName());
    ring.build().keys().stream().map(Key::builtIn).forEach(builtin::link);
    return builtin.build();
  }

  /** What is to be in secondary must be signed by a key there; that is known if those are. */
  private static Restriction secondaryRestriction(KernelProfile profile) {
    Keyring trusted = profile.searched(SystemKeyring.SECONDARY);
    return trusted.isEmpty()
        ? new Restriction.None()
        : new Restriction.SignedBy(
            trusted,
            true,
            profile.has(KernelFeature.SECONDARY_SIGNED_BY_BUILTIN),
            Optional.empty());
  }
}
