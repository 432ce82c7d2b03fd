// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.keyring.Keyring;
import org.bpfseal.verifier.keyring.TrustWalk;
import org.bpfseal.verifier.pkcs7.MessageVerifier;
import org.bpfseal.verifier.pkcs7.SignedData;
import org.bpfseal.verifier.pkcs7.SignedDataReader;
import org.bpfseal.verifier.pkcs7.VerifiedMessage;

/**
 * The funnel of all users of signatures: {@code verify_pkcs7_signature()}, certs/system_keyring.c.
 */
final class MessageJudge {
  private final KernelProfile profile;
  private final Keyring secondary;
  private final Optional<Instant> now;

  MessageJudge(KernelProfile profile, Optional<Instant> now) {
    this.profile = profile;
    this.now = now;
    this.secondary = profile.searched(SystemKeyring.SECONDARY);
  }

  /**
   * Returns, with advice, if the message verifies and the keyring vouches for it.
   *
   * @param content what a detached message covers; absent for one that carries its content
   */
  List<Advice> require(
      Optional<Bytes> content, Bytes message, KeyringSelector selector, Usage usage)
      throws Refusal {
    SignedData parsed = SignedDataReader.read(profile, message);
    if (content.isPresent() && parsed.content().isPresent()) {
      throw Refusal.at(Check.CONTENT_ATTACHED, parsed.contentPlace());
    }
    Bytes signed = content.or(parsed::content).orElse(Bytes.EMPTY);
    VerifiedMessage verified = MessageVerifier.verify(profile, parsed, signed, usage);
    if (profile.has(KernelFeature.REVOCATION_LIST) && isRevoked(verified)) {
      throw Refusal.at(Check.REVOKED, parsed.signers().getFirst().places().signer());
    }
    TrustWalk.Trust trust = TrustWalk.require(profile, verified, keyring(selector));
    return AdviceFinder.of(message, verified, trust, now);
  }

  /** As for a BPF program: the keyring must be valid if it was not one of the system's. */
  List<Advice> requireForProgram(Bytes content, Bytes message, KeyringSelector selector)
      throws Refusal {
    if (!profile.has(KernelFeature.SYSTEM_DATA_VERIFICATION)) {
      throw Refusal.of(Check.VERIFICATION_NOT_BUILT, "signature");
    }
    Keyring keyring = resolved(selector);
    switch (keyring.state()) {
      case VALID -> {}
      case INVALIDATED -> throw Refusal.of(Check.KEYRING_INVALIDATED, "keyring_id", keyring.name());
      case REVOKED -> throw Refusal.of(Check.KEYRING_REVOKED, "keyring_id", keyring.name());
      case EXPIRED -> throw Refusal.of(Check.KEYRING_EXPIRED, "keyring_id", keyring.name());
    }
    List<Advice> advice =
        new ArrayList<>(require(Optional.of(content), message, selector, Usage.BPF));
    if (selector.equals(KeyringSelector.BPF)) {
      advice.add(Advice.of(Advice.Kind.KEYRING_UNRELEASED, "keyring_id"));
    }
    return advice;
  }

  /** The keyring that a selector names. */
  Keyring resolved(KeyringSelector selector) throws Refusal {
    return resolve(selector)
        .orElseThrow(() -> Refusal.of(Check.LOAD_KEYRING, "keyring_id", selector));
  }

  /** The keyring that a selector names; empty where a user's lookup fails. */
  private Optional<Keyring> resolve(KeyringSelector selector) {
    return switch (selector) {
      case KeyringSelector.Given(Keyring keyring) -> Optional.of(keyring);
      case KeyringSelector.Id(int id) ->
          switch (id) {
            case 0 -> Optional.of(profile.keyring(SystemKeyring.BUILTIN));
            case 1 -> Optional.of(secondary);
            case 2 -> Optional.of(profile.keyring(SystemKeyring.PLATFORM));
            case KeyringSelector.BPF_ID ->
                profile.has(KernelFeature.BPF_KEYRING)
                    ? Optional.of(profile.keyring(SystemKeyring.BPF))
                    : profile.keyring(id);
            default -> profile.keyring(id);
          };
    };
  }

  private Keyring keyring(KeyringSelector selector) throws Refusal {
    if (selector.equals(KeyringSelector.PLATFORM) && !profile.has(KernelFeature.PLATFORM_KEYRING)) {
      throw Refusal.of(Check.PLATFORM_ABSENT, "keyring_id");
    }
    return resolved(selector);
  }

  /** Every error of this walk, too, means that nothing is revoked. */
  private boolean isRevoked(VerifiedMessage message) {
    try {
      TrustWalk.require(profile, message, profile.keyring(SystemKeyring.REVOKED));
      return true;
    } catch (Refusal refusal) {
      return false;
    }
  }
}
