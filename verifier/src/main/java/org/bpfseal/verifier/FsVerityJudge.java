// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.keyring.Keyring;

/** Builtin signatures of fs-verity: fs/verity/signature.c. */
final class FsVerityJudge {
  private static final int SIGNATURE_LIMIT = 16128;
  private static final Bytes MAGIC = Bytes.utf8("FSVerity");
  private static final Bytes SHA256_HEAD = Bytes.hex("01002000");
  private static final Bytes SHA512_HEAD = Bytes.hex("02004000");

  private final KernelProfile profile;
  private final MessageJudge messages;

  FsVerityJudge(KernelProfile profile, MessageJudge messages) {
    this.profile = profile;
    this.messages = messages;
  }

  /** Returns if verity would be enabled on a file with that digest. */
  List<Advice> require(Bytes digest, Optional<Bytes> signature) throws Refusal {
    Bytes formatted = formatted(digest);
    if (signature.isEmpty()) {
      if (profile.has(KernelFeature.FSVERITY_SIGNATURE_REQUIRED)) {
        throw Refusal.of(Check.FSVERITY_UNSIGNED, "signature");
      }
      return List.of(Advice.of(Advice.Kind.UNSIGNED, "signature"));
    }
    int size = signature.get().size();
    if (size > SIGNATURE_LIMIT) {
      throw Refusal.of(Check.FSVERITY_LONG, "signature", size);
    }
    Keyring keyring = profile.keyring(SystemKeyring.FSVERITY);
    if (keyring.keys().isEmpty() && keyring.nested().isEmpty()) {
      throw Refusal.of(Check.FSVERITY_NO_KEYS, "signature");
    }
    return messages.require(
        Optional.of(formatted),
        signature.get(),
        new KeyringSelector.Given(keyring),
        Usage.UNSPECIFIED);
  }

  /** Magic ‖ u16 algorithm ‖ u16 size, both little-endian, ‖ digest: what is signed. */
  private static Bytes formatted(Bytes digest) {
    return switch (digest.size()) {
      case 32 -> Bytes.concat(MAGIC, SHA256_HEAD, digest);
      case 64 -> Bytes.concat(MAGIC, SHA512_HEAD, digest);
      default ->
          throw new IllegalArgumentException("no fs-verity digest has " + digest.size() + " bytes");
    };
  }
}
