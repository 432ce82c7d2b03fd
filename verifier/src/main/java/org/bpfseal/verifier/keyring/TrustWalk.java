// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.keyring;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.Check;
import org.bpfseal.verifier.Errno;
import org.bpfseal.verifier.Finding;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.Place;
import org.bpfseal.verifier.Refusal;
import org.bpfseal.verifier.crypto.SignatureCheck;
import org.bpfseal.verifier.crypto.SignedValue;
import org.bpfseal.verifier.pkcs7.MessageChains;
import org.bpfseal.verifier.pkcs7.SignerInfo;
import org.bpfseal.verifier.pkcs7.VerifiedMessage;
import org.bpfseal.verifier.x509.Certificate;
import org.bpfseal.verifier.x509.CertificateStatus;

/**
 * Looks for a key in a keyring that vouches for a message.
 *
 * <p>For each signer in turn: a key that is one of the certificates of its chain; else a key that
 * issued the last of them; else the signer's own key. One signer that is vouched for is enough, but
 * a bad signature refuses the whole. Mirrors crypto/asymmetric_keys/pkcs7_trust.c.
 */
public final class TrustWalk {
  private final KernelProfile profile;
  private final VerifiedMessage message;
  private final MessageChains chains;
  private final Keyring keyring;
  private final boolean[] seen;
  private final boolean[] verified;
  private final List<Key> keys = new ArrayList<>();
  private final List<SignerInfo> strangers = new ArrayList<>();

  private TrustWalk(KernelProfile profile, VerifiedMessage message, Keyring keyring) {
    this.profile = profile;
    this.message = message;
    this.chains = message.chains();
    this.keyring = keyring;
    this.seen = new boolean[chains.size()];
    this.verified = new boolean[chains.size()];
  }

  /**
   * Who was trusted.
   *
   * @param keys that vouched, in the order of the signers
   * @param unknown signers that nobody vouches for
   */
  public record Trust(List<Key> keys, List<SignerInfo> unknown) {
    /** Copies the lists. */
    public Trust {
      keys = List.copyOf(keys);
      unknown = List.copyOf(unknown);
    }
  }

  /** Returns if somebody in the keyring vouches for the message. */
  public static Trust require(KernelProfile profile, VerifiedMessage message, Keyring keyring)
      throws Refusal {
    TrustWalk walk = new TrustWalk(profile, message, keyring);
    walk.run();
    return new Trust(walk.keys, walk.strangers);
  }

  private void run() throws Refusal {
    boolean trusted = false;
    Optional<Refusal> unsupported = Optional.empty();
    Optional<Refusal> unknown = Optional.empty();
    for (VerifiedMessage.Signer signer : message.signers()) {
      try {
        requireTrust(signer);
        trusted = true;
      } catch (Refusal refusal) {
        Errno errno = refusal.finding().errno();
        if (errno == Errno.ENOKEY) {
          unknown = unknown.or(() -> Optional.of(refusal));
          strangers.add(signer.info());
        } else if (errno == Errno.ENOPKG) {
          unsupported = unsupported.or(() -> Optional.of(refusal));
        } else {
          throw refusal;
        }
      }
    }
    Optional<Refusal> decisive = unsupported.isPresent() ? unsupported : unknown;
    if (!trusted && decisive.isPresent()) {
      throw decisive.get();
    }
  }

  private void requireTrust(VerifiedMessage.Signer signer) throws Refusal {
    if (signer.unsupported().isPresent()) {
      throw new Refusal(signer.unsupported().get(), List.of());
    }
    Optional<Integer> x = signer.certificate();
    Optional<Integer> last = Optional.empty();
    while (x.isPresent()) {
      int certificate = x.get();
      if (seen[certificate]) {
        requireVerified(certificate);
        markVerified(signer, certificate);
        return;
      }
      seen[certificate] = true;
      Optional<Key> same = sameKey(certificate);
      if (same.isPresent()) {
        requireSignature(same.get(), signer, last);
        markVerified(signer, certificate);
        return;
      }
      Optional<Integer> issuer = chains.issuer(certificate);
      if (issuer.equals(x)) {
        throw Refusal.at(Check.ROOT_UNKNOWN, place(certificate), keyring.name());
      }
      last = x;
      x = issuer;
    }
    requireIssuerOrSigner(signer, last);
  }

  /**
   * The key of the keyring that is this certificate; whatever goes wrong in the search, none is.
   */
  private Optional<Key> sameKey(int index) {
    Certificate certificate = chains.certificate(index);
    try {
      return Optional.of(
          KeySearch.find(keyring, Optional.of(certificate.id()), certificate.skid(), place(index)));
    } catch (Refusal refusal) {
      return Optional.empty();
    }
  }

  private void requireIssuerOrSigner(VerifiedMessage.Signer signer, Optional<Integer> last)
      throws Refusal {
    if (last.isPresent() && chains.certificate(last.get()).authority().isPresent()) {
      Optional<Key> issuer = issuerKey(last.get());
      if (issuer.isPresent()) {
        requireSignature(issuer.get(), signer, last);
        markVerified(signer, last.get());
        return;
      }
    }
    SignerInfo info = signer.info();
    Key key =
        KeySearch.find(
            keyring, Optional.of(info.identifier()), Optional.empty(), info.places().sid());
    requireSignature(key, signer, Optional.empty());
  }

  /** The key that issued a certificate; of the ways to find none, only plain absence goes on. */
  private Optional<Key> issuerKey(int index) throws Refusal {
    Certificate.Authority authority = chains.certificate(index).authority();
    try {
      return Optional.of(
          KeySearch.find(keyring, authority.issuerAndSerial(), authority.keyId(), place(index)));
    } catch (Refusal refusal) {
      if (refusal.finding().errno() == Errno.ENOKEY) {
        return Optional.empty();
      }
      throw refusal;
    }
  }

  private Place place(int certificate) {
    return chains.certificate(certificate).place();
  }

  private void requireVerified(int certificate) throws Refusal {
    if (!verified[certificate]) {
      throw Refusal.at(
          Check.SIGNER_UNKNOWN,
          place(certificate),
          keyring.name(),
          chains.certificate(certificate).id());
    }
  }

  private void markVerified(VerifiedMessage.Signer signer, int upTo) {
    int p = signer.certificate().orElse(upTo);
    verified[upTo] = true;
    while (p != upTo) {
      verified[p] = true;
      p = chains.issuer(p).orElse(upTo);
    }
  }

  /** A key must have signed the given certificate, or the message itself where none is given. */
  private void requireSignature(
      Key key, VerifiedMessage.Signer signer, Optional<Integer> certificate) throws Refusal {
    SignedValue value =
        certificate.isPresent()
            ? CertificateStatus.signedValue(profile, chains.certificate(certificate.get()))
            : signer.value();
    try {
      SignatureCheck.verify(profile, key.certificate().publicKey(), value);
      keys.add(key);
    } catch (Refusal refusal) {
      if (refusal.finding().errno() == Errno.ENOMEM) {
        throw refusal;
      }
      Finding decisive =
          Finding.at(Check.TRUST_SIGNATURE, value.place(), key.description().toUtf8());
      throw new Refusal(decisive, List.of(refusal.finding()));
    }
  }
}
