// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import static org.bpfseal.verifier.proof.CheckLab.NEW;
import static org.bpfseal.verifier.proof.CheckLab.OLDEST;
import static org.bpfseal.verifier.proof.CheckLab.PROGRAM;
import static org.bpfseal.verifier.proof.CheckLab.ROOT;
import static org.bpfseal.verifier.proof.CheckLab.ring;
import static org.bpfseal.verifier.proof.CheckLab.signer;
import static org.bpfseal.verifier.proof.CheckLab.with;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.Check;
import org.bpfseal.verifier.KernelFeature;
import org.bpfseal.verifier.KernelMirror;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.SystemKeyring;
import org.bpfseal.verifier.Verdict;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.crypto.Sha256;

/** Cases for the checks of kernel modules and of fs-verity. */
final class FileChecks {
  private static final Bytes MARKER = Bytes.utf8("~Module signature appended~\n");
  private static final Bytes SIGNATURE = MessageRecipe.of(PROGRAM, signer(ROOT)).make();

  private FileChecks() {}

  private static Bytes signedModule(int field, int value) {
    ByteBuffer trailer = ByteBuffer.allocate(12).putInt(8, SIGNATURE.size()).put(2, (byte) 2);
    trailer.put(field, (byte) value);
    return Bytes.concat(PROGRAM, SIGNATURE, Bytes.owning(trailer.array()), MARKER);
  }

  private static Verdict module(KernelProfile profile, Bytes file) {
    return KernelMirror.of(profile).module(file);
  }

  private static KernelProfile enforcing() {
    return with(KernelFeature.MODULE_SIG_ENFORCED);
  }

  /** Debian's 6.12, which trusts the module's signer but has the file's hash on its list. */
  private static KernelProfile blacklisting(Bytes file) {
    return OLDEST.toBuilder()
        .keyring(SystemKeyring.SECONDARY, ring(OLDEST, ROOT))
        .blacklist("bin:" + Sha256.of(file).toHex())
        .build();
  }

  private static Verdict fsVerity(KernelProfile profile, Optional<Bytes> signature) {
    return KernelMirror.of(profile).fsVerity(Sha256.of(PROGRAM), signature);
  }

  static List<CheckCase> all() {
    Bytes good = signedModule(2, 2);
    KernelProfile required = with(KernelFeature.FSVERITY_SIGNATURE_REQUIRED);
    return List.of(
        CheckCase.of(
            Check.MODULE_TRUNCATED, () -> module(NEW, Bytes.concat(PROGRAM, MARKER).from(4))),
        CheckCase.of(Check.MODULE_FIELDS, () -> module(NEW, signedModule(0, 1))),
        CheckCase.of(Check.MODULE_ENFORCED, () -> module(enforcing(), PROGRAM)),
        CheckCase.of(Check.MODULE_LOCKDOWN, () -> module(with(KernelFeature.LOCKDOWN), good)),
        CheckCase.of(Check.MODULE_BLACKLISTED, () -> module(blacklisting(good), good)),
        CheckCase.of(Check.FSVERITY_UNSIGNED, () -> fsVerity(required, Optional.empty())),
        CheckCase.of(
            Check.FSVERITY_LONG, () -> fsVerity(NEW, Optional.of(Bytes.owning(new byte[16129])))),
        CheckCase.of(Check.FSVERITY_NO_KEYS, () -> fsVerity(NEW, Optional.of(SIGNATURE))));
  }

  /** What only shows behind a decisive check: an unsigned module and an unknown kind of one. */
  static List<CheckCase> causes() {
    return List.of(
        CheckCase.of(Check.MODULE_UNSIGNED, () -> module(enforcing(), PROGRAM)),
        CheckCase.of(Check.MODULE_ID_TYPE, () -> module(enforcing(), signedModule(2, 1))));
  }
}
