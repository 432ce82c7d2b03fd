// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.bpfseal.signer.key.KeyRefusedException;
import org.bpfseal.signer.key.Passwords;
import org.bpfseal.signer.key.SigningKey;
import org.bpfseal.signer.key.tink.KeysetFile;
import org.bpfseal.signer.key.tink.Protection;
import org.bpfseal.signer.key.tink.WrappedKey;
import org.bpfseal.signer.key.tink.WrappingKeyset;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.InputFile;
import org.bpfseal.verifier.cli.OutputFile;

/**
 * What the {@code key} commands do with keysets.
 *
 * @param cleartext whether a keyset that nothing protects is taken
 */
record KeysetAccess(Passwords passwords, boolean cleartext) {
  /** Writes a keyset of one new key; gives that key's id. */
  long create(Path output, Optional<String> kms, boolean force)
      throws CommandFailure, IOException, KeyRefusedException {
    Protection protection =
        kms.isPresent()
            ? new Protection.Kms(kms.get())
            : cleartext ? new Protection.None() : Protection.Password.fresh();
    return write(WrappingKeyset.generate(), protection, output, force);
  }

  /** Writes a keyset with one more key; gives that key's id. */
  long rotate(Path old, Path output, Optional<String> kms, boolean force)
      throws CommandFailure, IOException, KeyRefusedException {
    KeysetFile before = read(old);
    // A password is asked for once: rotation reads and writes with the same.
    KeysetAccess once = new KeysetAccess(Once.of(passwords), cleartext);
    WrappingKeyset keys = WrappingKeyset.open(before, once.passwords, cleartext).rotated();
    Protection protection =
        kms.isEmpty() ? before.protection().renewed() : new Protection.Kms(kms.get());
    return once.write(keys, protection, output, force);
  }

  private long write(WrappingKeyset keys, Protection protection, Path output, boolean force)
      throws CommandFailure, IOException, KeyRefusedException {
    KeysetFile file = keys.seal(protection, passwords, cleartext);
    OutputFile.write(output, file.write(), force);
    return keys.keyIds().getFirst();
  }

  /** Wraps a key and writes it; gives the id of the key that wrapped it. */
  long wrap(SigningKey key, Path keyset, Path output, boolean force)
      throws CommandFailure, IOException, KeyRefusedException {
    WrappedKey wrapped = WrappingKeyset.open(read(keyset), passwords, cleartext).wrap(key);
    OutputFile.write(output, wrapped.write(), force);
    return wrapped.keyId();
  }

  private static KeysetFile read(Path file) throws CommandFailure {
    try {
      return KeysetFile.read(InputFile.read(file, KeysetFile.LIMIT));
    } catch (FormatException | IOException | CommandFailure e) {
      throw KeyFailure.of("keyset " + file, e);
    }
  }
}
