// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpfseal.verifier.KernelFeature;
import org.bpfseal.verifier.KernelMirror;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.KernelRelease;
import org.bpfseal.verifier.KeyringSelector;
import org.bpfseal.verifier.Refusal;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.keyring.Key;
import org.bpfseal.verifier.keyring.Keyring;
import org.bpfseal.verifier.pkcs7.SignedDataReader;
import org.bpfseal.verifier.x509.Certificate;

/**
 * A kernel with the given certificates in its keyrings, and the keyring that the load names.
 *
 * @param keyring as {@link KeyringName} spells it
 * @param keys what a search of it finds
 */
record KernelTrust(
    KernelRelease release,
    KernelMirror mirror,
    KeyringName keyring,
    KeyringSelector selector,
    Keyring keys) {
  /**
   * A kernel with these certificates.
   *
   * @throws CommandFailure if the kernel refuses a certificate
   */
  static KernelTrust of(
      KernelProfile profile,
      KeyringName keyring,
      Map<KeyringName, List<CertificateFile>> certificates)
      throws CommandFailure {
    Map<KeyringName, List<CertificateFile>> own = new EnumMap<>(KeyringName.class);
    own.putAll(certificates);
    if (keyring != KeyringName.MACHINE && !keyring.isIn(profile)) {
      // The kernel's answer to a load that names it is the verdict.
      own.remove(keyring);
    }
    KernelProfile filled = KernelKeys.fill(profile, own);
    if (keyring == KeyringName.BPF) {
      filled = filled.toBuilder().with(KernelFeature.BPF_KEYRING).build();
    }
    Keyring.Builder users = Keyring.named(KeyringName.USER.text());
    KernelKeys.add(profile, users, certificates.getOrDefault(KeyringName.USER, List.of()));
    Keyring ring = users.build();
    return new KernelTrust(
        profile.release(),
        KernelMirror.of(filled).at(Instant.now()),
        keyring,
        keyring.selector(ring),
        keyring.searched(filled, ring));
  }

  /** Who signed a message: the certificate that its first signer names, if it is one of ours. */
  Optional<String> signer(Bytes message) {
    try {
      Bytes id = SignedDataReader.read(mirror.profile(), message).signers().getFirst().identifier();
      return keys.all()
          .filter(key -> key.answersTo(id))
          .map(Key::certificate)
          .map(certificate -> '"' + certificate.subjectName().toUtf8() + '"' + skid(certificate))
          .findFirst();
    } catch (Refusal e) {
      return Optional.empty();
    }
  }

  private static String skid(Certificate certificate) {
    return certificate.skid().map(skid -> " SKID " + skid.toHex()).orElse("");
  }
}
