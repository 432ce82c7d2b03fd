// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.AddKeyResult;
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
 * A kernel with the given certificates in one keyring, and that keyring.
 *
 * @param keyring as {@link KeyringName} spells it
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
  static KernelTrust of(KernelProfile profile, KeyringName keyring, List<Bytes> certificates)
      throws CommandFailure {
    Keyring.Builder ring = Keyring.named(keyring.text());
    for (AddKeyResult added : KernelMirror.of(profile).addKeys(ring, certificates)) {
      if (!added.verdict().isAccepted()) {
        throw new CommandFailure(
            ExitCode.REFUSED,
            "kernel "
                + profile.release()
                + " refuses a certificate with "
                + added.verdict().word());
      }
    }
    Keyring keys = ring.build();
    KernelMirror mirror = KernelMirror.of(keyring.in(profile, keys));
    return new KernelTrust(profile.release(), mirror, keyring, keyring.selector(keys), keys);
  }

  /** Who signed a message: the certificate that its first signer names, if it is one of ours. */
  Optional<String> signer(Bytes message) {
    try {
      Bytes id = SignedDataReader.read(mirror.profile(), message).signers().getFirst().identifier();
      return keys.keys().stream()
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
