// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bpfseal.verifier.ber.DerCheck;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.crypto.HashAlgorithm;
import org.bpfseal.verifier.crypto.KeyStrength;
import org.bpfseal.verifier.crypto.SignatureScheme;
import org.bpfseal.verifier.keyring.Key;
import org.bpfseal.verifier.keyring.TrustWalk;
import org.bpfseal.verifier.pkcs7.SignerInfo;
import org.bpfseal.verifier.pkcs7.VerifiedMessage;
import org.bpfseal.verifier.x509.Certificate;

/** What an operator should know of a message that the kernel accepts. */
final class AdviceFinder {
  private final Bytes message;
  private final VerifiedMessage verified;
  private final TrustWalk.Trust trust;
  private final Optional<Instant> now;
  private final List<Advice> found = new ArrayList<>();
  private final Set<Integer> followed = new HashSet<>();

  private AdviceFinder(
      Bytes message, VerifiedMessage verified, TrustWalk.Trust trust, Optional<Instant> now) {
    this.message = message;
    this.verified = verified;
    this.trust = trust;
    this.now = now;
  }

  /**
   * All advice on an accepted message.
   *
   * @param now absent where nothing is to be said about certificates' dates
   */
  static List<Advice> of(
      Bytes message, VerifiedMessage verified, TrustWalk.Trust trust, Optional<Instant> now) {
    AdviceFinder finder = new AdviceFinder(message, verified, trust, now);
    finder.message();
    verified.signers().forEach(finder::signer);
    trust.keys().stream().distinct().forEach(finder::key);
    return finder.found;
  }

  private void message() {
    int trailing = verified.message().trailing();
    if (trailing > 0) {
      add(Advice.Kind.TRAILING_BYTES, "signature", Integer.toString(trailing));
    }
    der("signature", message.slice(0, message.size() - trailing));
  }

  private void signer(VerifiedMessage.Signer signer) {
    SignerInfo info = signer.info();
    String name = info.identifier().toHex();
    if (signer.unsupported().isPresent()) {
      add(Advice.Kind.SIGNER_UNSUPPORTED, info.path(), name);
    } else if (trust.unknown().contains(info)) {
      add(Advice.Kind.SIGNER_UNKNOWN, info.path(), name);
    }
    if (info.digest() == HashAlgorithm.SHA1) {
      add(Advice.Kind.DIGEST_WEAK, info.path(), "SHA-1");
    }
    if (info.namedHash().isPresent() && info.namedHash().get() != info.digest()) {
      String named = info.namedHash().get().toString();
      add(Advice.Kind.DIGEST_OTHER, info.path(), named, info.digest().toString());
    }
    if (!verified.message().announced().contains(info.digest())) {
      add(Advice.Kind.DIGEST_NOT_ANNOUNCED, info.path(), info.digest().toString());
    }
    if (info.unsignedForm()) {
      add(Advice.Kind.ATTRIBUTES_UNSIGNED, info.path());
    }
    if (info.scheme() == SignatureScheme.ECDSA) {
      der(info.path() + " / signature", info.signature());
    }
    info.attributes().ifPresent(set -> der(info.path() + " / signedAttrs", SignerInfo.asSet(set)));
    signer.certificate().ifPresent(this::chain);
  }

  /** The certificates of the message from a signer's on, as far as they were followed. */
  private void chain(int signer) {
    Optional<Integer> x = Optional.of(signer);
    while (x.isPresent() && followed.add(x.get())) {
      Certificate certificate = verified.chains().certificate(x.get());
      Optional<Integer> issuer = verified.chains().issuer(x.get());
      String path = certificate.place().path();
      if (trust.keys().stream().noneMatch(key -> key.answersTo(certificate.id()))) {
        certificate(certificate, path, certificate.subjectName().toUtf8());
      }
      boolean used = issuer.isPresent() && !issuer.equals(x);
      if (used && certificate.signature().hash().equals(Optional.of(HashAlgorithm.SHA1))) {
        add(Advice.Kind.DIGEST_WEAK, path, "SHA-1");
      }
      x = issuer;
    }
  }

  private void key(Key key) {
    Certificate certificate = key.certificate();
    Bytes description = key.description();
    String name = description.toUtf8();
    certificate(certificate, name, name);
    der(name, certificate.encoded());
  }

  private void certificate(Certificate certificate, String path, String name) {
    if (KeyStrength.isWeak(certificate.publicKey())) {
      add(Advice.Kind.KEY_WEAK, path, KeyStrength.describe(certificate.publicKey()));
    }
    now.ifPresent(time -> validity(certificate, path, name, time.getEpochSecond()));
  }

  private void validity(Certificate certificate, String path, String name, long time) {
    if (time > certificate.notAfter()) {
      add(Advice.Kind.CERTIFICATE_EXPIRED, path, name, date(certificate.notAfter()));
    } else if (time < certificate.notBefore()) {
      add(Advice.Kind.CERTIFICATE_NOT_YET_VALID, path, name, date(certificate.notBefore()));
    }
  }

  private void der(String path, Bytes element) {
    DerCheck.find(element)
        .ifPresent(
            flaw -> add(Advice.Kind.NOT_DER, path, flaw.what(), Integer.toString(flaw.offset())));
  }

  private void add(Advice.Kind kind, String path, String... values) {
    found.add(Advice.of(kind, path, values));
  }

  private static String date(long seconds) {
    return LocalDate.ofInstant(Instant.ofEpochSecond(seconds), ZoneOffset.UTC).toString();
  }
}
