// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.crypto.HashAlgorithm;
import org.bpfseal.verifier.crypto.KeyStrength;
import org.bpfseal.verifier.keyring.Key;
import org.bpfseal.verifier.keyring.TrustWalk;
import org.bpfseal.verifier.pkcs7.SignerInfo;
import org.bpfseal.verifier.pkcs7.VerifiedMessage;
import org.bpfseal.verifier.x509.Certificate;

/** What an operator should know of a message that the kernel accepts. */
final class AdviceFinder {
  private final VerifiedMessage verified;
  private final TrustWalk.Trust trust;
  private final Optional<Instant> now;
  private final List<Advice> found = new ArrayList<>();

  private AdviceFinder(VerifiedMessage verified, TrustWalk.Trust trust, Optional<Instant> now) {
    this.verified = verified;
    this.trust = trust;
    this.now = now;
  }

  /**
   * All advice on an accepted message.
   *
   * @param now absent where nothing is to be said about certificates' dates
   */
  static List<Advice> of(VerifiedMessage verified, TrustWalk.Trust trust, Optional<Instant> now) {
    AdviceFinder finder = new AdviceFinder(verified, trust, now);
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
    if (!verified.message().announced().contains(info.digest())) {
      add(Advice.Kind.DIGEST_NOT_ANNOUNCED, info.path(), info.digest().toString());
    }
    if (info.unsignedForm()) {
      add(Advice.Kind.ATTRIBUTES_UNSIGNED, info.path());
    }
  }

  private void key(Key key) {
    Certificate certificate = key.certificate();
    Bytes description = key.description();
    String name = description.toUtf8();
    if (KeyStrength.isWeak(certificate.publicKey())) {
      add(Advice.Kind.KEY_WEAK, name, KeyStrength.describe(certificate.publicKey()));
    }
    now.ifPresent(time -> validity(certificate, name, time.getEpochSecond()));
  }

  private void validity(Certificate certificate, String name, long time) {
    if (time > certificate.notAfter()) {
      add(Advice.Kind.CERTIFICATE_EXPIRED, name, name, date(certificate.notAfter()));
    } else if (time < certificate.notBefore()) {
      add(Advice.Kind.CERTIFICATE_NOT_YET_VALID, name, name, date(certificate.notBefore()));
    }
  }

  private void add(Advice.Kind kind, String path, String... values) {
    found.add(Advice.of(kind, path, values));
  }

  private static String date(long seconds) {
    return LocalDate.ofInstant(Instant.ofEpochSecond(seconds), ZoneOffset.UTC).toString();
  }
}
