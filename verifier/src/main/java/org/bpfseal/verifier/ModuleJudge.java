// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.crypto.Digests;
import org.bpfseal.verifier.crypto.HashAlgorithm;

/** Loading of kernel modules: {@code module_sig_check()} of kernel/module/signing.c. */
final class ModuleJudge {
  private static final String PATH = "module";

  private final KernelProfile profile;
  private final MessageJudge messages;

  ModuleJudge(KernelProfile profile, MessageJudge messages) {
    this.profile = profile;
    this.messages = messages;
  }

  /** Returns if the module would be loaded, be it without a good signature. */
  List<Advice> require(Bytes file) throws Refusal {
    try {
      return requireSigned(file);
    } catch (Refusal refusal) {
      requireTolerated(refusal);
      return List.of(Advice.of(Advice.Kind.UNSIGNED, PATH));
    }
  }

  private List<Advice> requireSigned(Bytes file) throws Refusal {
    ModuleTrailer parts =
        ModuleTrailer.read(file).orElseThrow(() -> Refusal.of(Check.MODULE_UNSIGNED, PATH));
    Optional<Bytes> module = Optional.of(parts.module());
    List<Advice> advice = requireMessage(module, parts.message());
    if (profile.has(KernelFeature.MODULE_HASH_BLACKLIST)
        && profile.blacklists("bin:" + Digests.of(HashAlgorithm.SHA256, file).toHex())) {
      throw Refusal.of(Check.MODULE_BLACKLISTED, PATH);
    }
    return advice;
  }

  private List<Advice> requireMessage(Optional<Bytes> module, Bytes message) throws Refusal {
    try {
      return messages.require(module, message, KeyringSelector.SECONDARY, Usage.MODULE);
    } catch (Refusal refusal) {
      if (refusal.finding().errno() != Errno.ENOKEY
          || !profile.has(KernelFeature.MODULE_PLATFORM_FALLBACK)) {
        throw refusal;
      }
      return messages.require(module, message, KeyringSelector.PLATFORM, Usage.MODULE);
    }
  }

  /** No signature, an unknown algorithm and an unknown key are tolerated unless enforced. */
  private void requireTolerated(Refusal refusal) throws Refusal {
    Finding cause = refusal.finding();
    boolean soft =
        cause.check() == Check.MODULE_UNSIGNED
            || cause.errno() == Errno.ENOPKG
            || cause.errno() == Errno.ENOKEY;
    if (!soft) {
      throw refusal;
    }
    if (profile.has(KernelFeature.MODULE_SIG_ENFORCED)) {
      throw stopped(Check.MODULE_ENFORCED, cause);
    }
    if (profile.has(KernelFeature.LOCKDOWN)) {
      throw stopped(Check.MODULE_LOCKDOWN, cause);
    }
  }

  private static Refusal stopped(Check check, Finding cause) {
    return new Refusal(Finding.of(check, PATH, cause.message()), List.of(cause));
  }
}
