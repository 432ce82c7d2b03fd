// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.keyring;

import java.util.Optional;
import org.bpfseal.verifier.Check;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.Refusal;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.crypto.SignatureCheck;
import org.bpfseal.verifier.x509.Certificate;
import org.bpfseal.verifier.x509.CertificateStatus;

/** Judges whether a restricted keyring takes a key. Mirrors crypto/asymmetric_keys/restrict.c. */
public final class RestrictionCheck {
  private final KernelProfile profile;
  private final Keyring target;
  private final Certificate candidate;

  private RestrictionCheck(KernelProfile profile, Keyring target, Certificate candidate) {
    this.profile = profile;
    this.target = target;
    this.candidate = candidate;
  }

  /** Returns if the certificate may be added. */
  public static void require(KernelProfile profile, Keyring target, Certificate candidate)
      throws Refusal {
    new RestrictionCheck(profile, target, candidate).run();
  }

  private void run() throws Refusal {
    switch (target.restriction()) {
      case Restriction.None() -> {}
      case Restriction.Closed() ->
          throw Refusal.at(Check.KEYRING_CLOSED, candidate.place(), target.name());
      case Restriction.SignedBy signedBy -> requireSignedBy(signedBy);
      case Restriction.CertificateAuthorities(boolean strict) -> requireAuthority(strict);
      case Restriction.DigitalSignature(Keyring trusted) -> {
        requireDigitalSignature();
        requireSignedBy(new Restriction.SignedBy(trusted, false, false, Optional.empty()));
      }
      case Restriction.KeyOrKeyring restriction -> requireKeyOrKeyring(restriction);
    }
  }

  private void requireSignedBy(Restriction.SignedBy restriction) throws Refusal {
    requireSignature();
    Optional<Bytes> keyId = candidate.authority().keyId();
    Optional<Bytes> caKey = restriction.caKey();
    if (caKey.isPresent() && !(keyId.isPresent() && endsWith(keyId.get(), caKey.get()))) {
      throw Refusal.at(Check.RESTRICTION_CA_KEY, candidate.place());
    }
    Keyring trusted = restriction.trusted();
    Keyring all = restriction.itself() ? target.toBuilder().link(trusted).build() : trusted;
    Key issuer = issuerIn(all).orElseThrow(() -> noIssuer(trusted));
    if (restriction.onlyBuiltin() && !issuer.builtin()) {
      throw Refusal.at(Check.RESTRICTION_NOT_BUILTIN, candidate.place());
    }
    verifyBy(issuer);
  }

  private void requireAuthority(boolean strict) throws Refusal {
    Certificate.KeyUsage usage = candidate.usage();
    if (!usage.ca() || !usage.certSign() || (strict && usage.digitalSignature())) {
      throw Refusal.at(Check.RESTRICTION_NOT_CA, candidate.place(), target.name());
    }
  }

  private void requireDigitalSignature() throws Refusal {
    Certificate.KeyUsage usage = candidate.usage();
    if (!usage.digitalSignature() || usage.ca() || usage.certSign()) {
      throw Refusal.at(Check.RESTRICTION_NOT_DIGSIG, candidate.place(), target.name());
    }
  }

  private void requireKeyOrKeyring(Restriction.KeyOrKeyring restriction) throws Refusal {
    requireSignature();
    Keyring trusted = restriction.trusted();
    Optional<Key> issuer =
        restriction.singleKey()
            ? trusted.keys().stream().filter(this::isIssuer).findFirst()
            : issuerIn(trusted);
    if (issuer.isEmpty() && restriction.chain()) {
      issuer = issuerIn(target);
    }
    Key key = issuer.orElseThrow(() -> noIssuer(trusted));
    requireValid(key);
    verifyBy(key);
  }

  /** True if the single key that a restriction names is the one that the certificate names. */
  private boolean isIssuer(Key key) {
    Optional<Bytes> id0 = candidate.authority().issuerAndSerial();
    Optional<Bytes> id1 = candidate.authority().keyId();
    if (id0.isPresent() && id1.isPresent()) {
      return key.certificate().skid().equals(id1) && key.answersTo(id0.get());
    }
    return id0.or(() -> id1)
        .map(key::answersTo)
        .orElse(key.certificate().subject().equals(candidate.issuer()));
  }

  /** Whatever goes wrong in the search, no issuer was found. */
  private Optional<Key> issuerIn(Keyring trusted) {
    Certificate.Authority authority = candidate.authority();
    try {
      return Optional.of(
          authority.isPresent()
              ? KeySearch.find(
                  trusted, authority.issuerAndSerial(), authority.keyId(), candidate.place())
              : KeySearch.findByName(trusted, candidate.issuer(), candidate.place()));
    } catch (Refusal refusal) {
      return Optional.empty();
    }
  }

  private void requireSignature() throws Refusal {
    if (candidate.status().unsupported()) {
      throw Refusal.at(Check.RESTRICTION_NO_SIGNATURE, candidate.place());
    }
  }

  private void verifyBy(Key issuer) throws Refusal {
    SignatureCheck.verify(
        profile,
        issuer.certificate().publicKey(),
        CertificateStatus.signedValue(profile, candidate));
  }

  private void requireValid(Key key) throws Refusal {
    String name = key.description().toUtf8();
    switch (key.state()) {
      case VALID -> {}
      case INVALIDATED -> throw Refusal.at(Check.KEYRING_INVALIDATED, candidate.place(), name);
      case REVOKED -> throw Refusal.at(Check.KEYRING_REVOKED, candidate.place(), name);
      case EXPIRED -> throw Refusal.at(Check.KEYRING_EXPIRED, candidate.place(), name);
    }
  }

  private Refusal noIssuer(Keyring trusted) {
    return Refusal.at(Check.RESTRICTION_NO_ISSUER, candidate.place(), trusted.name());
  }

  private static boolean endsWith(Bytes whole, Bytes end) {
    return whole.size() >= end.size() && whole.from(whole.size() - end.size()).equals(end);
  }
}
