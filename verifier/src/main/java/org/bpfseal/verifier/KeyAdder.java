// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import java.util.Optional;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.keyring.Key;
import org.bpfseal.verifier.keyring.Keyring;
import org.bpfseal.verifier.keyring.Restriction;
import org.bpfseal.verifier.keyring.RestrictionCheck;
import org.bpfseal.verifier.x509.Certificate;
import org.bpfseal.verifier.x509.CertificateReader;
import org.bpfseal.verifier.x509.CertificateStatus;

/** {@code add_key("asymmetric", …)}: security/keys and crypto/asymmetric_keys. */
final class KeyAdder {
  private static final int PAYLOAD_LIMIT = (1 << 20) - 1;
  private static final String PATH = "certificate";

  private final KernelProfile profile;

  KeyAdder(KernelProfile profile) {
    this.profile = profile;
  }

  /** Links the certificate's key and returns it. */
  Key add(Keyring.Builder ring, Bytes description, Bytes payload) throws Refusal {
    requireSize(payload);
    requireValid(ring);
    if (!ring.writable()) {
      throw Refusal.of(Check.KEYRING_READ_ONLY, PATH, ring.name());
    }
    return link(ring, description, read(payload));
  }

  /** The key that a payload makes, under the description that the kernel proposes. */
  Key read(Bytes payload) throws Refusal {
    requireSize(payload);
    if (payload.isEmpty()) {
      throw Refusal.of(Check.KEY_PAYLOAD_EMPTY, PATH);
    }
    Certificate certificate = CertificateReader.read(profile, payload, PATH, 0);
    if (certificate.status().blacklisted()) {
      Optional<String> entry = CertificateStatus.blacklistEntry(profile, certificate);
      throw Refusal.at(Check.KEY_BLACKLISTED, certificate.place(), entry.orElseThrow());
    }
    return Key.of(certificate, proposal(certificate));
  }

  private Key link(Keyring.Builder ring, Bytes description, Key key) throws Refusal {
    if (!(ring.restriction() instanceof Restriction.None)) {
      RestrictionCheck.require(profile, ring.build(), key.certificate());
    }
    Key named = description.isEmpty() ? key : Key.of(key.certificate(), description);
    ring.link(named);
    return named;
  }

  private static void requireValid(Keyring.Builder ring) throws Refusal {
    switch (ring.state()) {
      case VALID -> {}
      case INVALIDATED -> throw Refusal.of(Check.KEYRING_INVALIDATED, PATH, ring.name());
      case REVOKED -> throw Refusal.of(Check.KEYRING_REVOKED, PATH, ring.name());
      case EXPIRED -> throw Refusal.of(Check.KEYRING_EXPIRED, PATH, ring.name());
    }
  }

  private static void requireSize(Bytes payload) throws Refusal {
    if (payload.size() > PAYLOAD_LIMIT) {
      throw Refusal.of(Check.KEY_PAYLOAD_LONG, PATH, payload.size());
    }
  }

  /** {@code SUBJECT: HEX} of the SKID, or of the serial number where there is none. */
  private static Bytes proposal(Certificate certificate) {
    Bytes identity = certificate.skid().orElse(certificate.serial());
    return Bytes.concat(certificate.subjectName(), Bytes.utf8(": " + identity.toHex()));
  }
}
