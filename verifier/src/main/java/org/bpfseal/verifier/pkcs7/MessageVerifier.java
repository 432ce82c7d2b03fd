// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.pkcs7;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpfseal.verifier.Check;
import org.bpfseal.verifier.Errno;
import org.bpfseal.verifier.Finding;
import org.bpfseal.verifier.KernelFeature;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.Refusal;
import org.bpfseal.verifier.Usage;
import org.bpfseal.verifier.ber.Oid;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.crypto.Digests;
import org.bpfseal.verifier.crypto.HashAlgorithm;
import org.bpfseal.verifier.crypto.SignatureCheck;
import org.bpfseal.verifier.crypto.SignedValue;
import org.bpfseal.verifier.x509.Certificate;

/**
 * Verifies that a message holds together, before anything is trusted. The clock is never asked.
 *
 * <p>Mirrors crypto/asymmetric_keys/pkcs7_verify.c.
 */
public final class MessageVerifier {
  private final KernelProfile profile;
  private final SignedData message;
  private final Bytes content;
  private final MessageChains chains;
  private final Map<HashAlgorithm, Bytes> contentDigests = new EnumMap<>(HashAlgorithm.class);

  private MessageVerifier(KernelProfile profile, SignedData message, Bytes content) {
    this.profile = profile;
    this.message = message;
    this.content = content;
    this.chains = new MessageChains(profile, message.certificates());
  }

  /**
   * Verifies every signer that the message's own certificates allow to.
   *
   * @param content what is signed, be it inside the message or not
   */
  public static VerifiedMessage verify(
      KernelProfile profile, SignedData message, Bytes content, Usage usage) throws Refusal {
    MessageVerifier verifier = new MessageVerifier(profile, message, content);
    verifier.requireUsage(usage);
    return verifier.signers();
  }

  private void requireUsage(Usage usage) throws Refusal {
    Oid wanted = usage == Usage.KEXEC_PE ? Oid.MS_INDIRECT_DATA : Oid.DATA;
    if (message.contentType() != wanted) {
      throw Refusal.at(
          Check.USAGE_CONTENT_TYPE, message.contentPlace(), message.contentType().dotted());
    }
    SignerInfo first = message.signers().getFirst();
    boolean attributes = first.attributes().isPresent();
    boolean waived =
        profile.has(KernelFeature.MLDSA_ATTRIBUTES_WAIVED) && first.scheme().takesData();
    if (usage == Usage.MODULE && attributes && !waived) {
      throw Refusal.at(Check.USAGE_ATTRIBUTES, first.places().attributes());
    }
    if (usage == Usage.FIRMWARE && !attributes) {
      throw Refusal.at(Check.USAGE_NO_ATTRIBUTES, first.places().signer());
    }
  }

  private VerifiedMessage signers() throws Refusal {
    List<VerifiedMessage.Signer> signers = new ArrayList<>();
    List<Finding> unsupported = new ArrayList<>();
    boolean good = false;
    boolean blacklisted = false;
    for (SignerInfo info : message.signers()) {
      Optional<Integer> certificate = chains.find(info.identifier());
      Optional<Finding> reason = Optional.empty();
      try {
        boolean clean = verify(info, certificate);
        good |= clean;
        blacklisted |= !clean;
      } catch (Refusal refusal) {
        if (refusal.finding().errno() != Errno.ENOPKG) {
          throw refusal;
        }
        reason = Optional.of(refusal.finding());
        unsupported.add(refusal.finding());
      }
      signers.add(new VerifiedMessage.Signer(info, value(info), certificate, reason));
    }
    if (!good && blacklisted) {
      throw Refusal.at(Check.CHAIN_BLACKLISTED, message.signers().getFirst().places().signer());
    }
    if (!good) {
      throw new Refusal(unsupported.getFirst(), unsupported.subList(1, unsupported.size()));
    }
    return new VerifiedMessage(message, chains, signers);
  }

  /** Verifies one signer; false if it depends on a blacklisted certificate. */
  private boolean verify(SignerInfo info, Optional<Integer> certificate) throws Refusal {
    if (!info.signsDataDirectly()) {
      requireDigest(info);
    }
    if (certificate.isEmpty()) {
      return true;
    }
    Certificate signer = chains.certificate(certificate.get());
    if (info.signingTime().isPresent()) {
      requireSigningTime(info, info.signingTime().getAsLong(), signer);
    }
    SignatureCheck.verify(profile, signer.publicKey(), value(info));
    return chains.follow(certificate.get());
  }

  private void requireDigest(SignerInfo info) throws Refusal {
    if (!profile.has(info.digest())) {
      throw Refusal.at(Check.DIGEST_NOT_BUILT, info.places().digestAlgorithm(), info.digest());
    }
    if (info.attributes().isEmpty()) {
      return;
    }
    Bytes stated = info.messageDigest().orElseThrow();
    if (stated.size() != info.digest().size()) {
      throw Refusal.at(
          Check.DIGEST_LENGTH, info.places().attributes(), stated.size(), info.digest().size());
    }
    if (!stated.equals(contentDigest(info.digest()))) {
      throw Refusal.at(Check.DIGEST_DIFFERS, info.places().attributes());
    }
  }

  private static void requireSigningTime(SignerInfo info, long time, Certificate signer)
      throws Refusal {
    if (time < signer.notBefore() || time > signer.notAfter()) {
      throw Refusal.at(Check.SIGNING_TIME, info.places().attributes(), Instant.ofEpochSecond(time));
    }
  }

  /** The signature and what it was made over: content or attributes, or a digest of them. */
  private SignedValue value(SignerInfo info) {
    Optional<HashAlgorithm> hash =
        info.signsDataDirectly() ? Optional.empty() : Optional.of(info.digest());
    return new SignedValue(
        info.scheme(), hash, signedBytes(info), info.signature(), info.places().signature());
  }

  private Optional<Bytes> signedBytes(SignerInfo info) {
    if (info.signsDataDirectly()) {
      return Optional.of(content);
    }
    if (!profile.has(info.digest())) {
      return Optional.empty();
    }
    if (info.attributes().isEmpty()) {
      return Optional.of(contentDigest(info.digest()));
    }
    Bytes set = SignerInfo.asSet(info.attributes().get());
    return Optional.of(info.scheme().takesData() ? set : Digests.of(info.digest(), set));
  }

  private Bytes contentDigest(HashAlgorithm hash) {
    return contentDigests.computeIfAbsent(hash, known -> Digests.of(known, content));
  }
}
