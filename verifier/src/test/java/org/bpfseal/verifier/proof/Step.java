// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import org.bpfseal.verifier.bytes.Bytes;

/**
 * What a case does between its certificates and its load; script.c takes it.
 *
 * <p>Keys and keyrings are numbers: 0 is the case's keyring, and each step that makes one counts
 * on, whether it succeeds or not. Negative ones are the kernel's special ids and the constants.
 */
sealed interface Step {
  int THREAD = -1;
  int PROCESS = -2;
  int SESSION = -3;
  int FSVERITY = -100;
  int BUILTIN_KEYRING = -101;

  /** {@code add_key("asymmetric", …)}; makes a key. */
  record Add(int keyring, Bytes payload) implements Step {}

  /** A new keyring in a keyring; makes one. */
  record NewKeyring(int keyring) implements Step {}

  /** A key of type {@code user} in a keyring; makes a key. */
  record UserKey(int keyring) implements Step {}

  /** The time of a key or keyring runs out. */
  record Expire(int key) implements Step {}

  record Revoke(int key) implements Step {}

  record Invalidate(int key) implements Step {}

  record Unlink(int keyring, int key) implements Step {}

  record Link(int keyring, int key) implements Step {}

  record Clear(int keyring) implements Step {}

  /**
   * {@code KEYCTL_RESTRICT_KEYRING}.
   *
   * @param how the restriction, {@code #} for the serial number; empty for no more keys at all
   */
  record Restrict(int keyring, int named, String how) implements Step {}

  /** A new session keyring; makes a keyring. */
  record JoinSession() implements Step {}

  /** {@code init_module} of a file that is no ELF file without its trailer. */
  record Module(Bytes file) implements Step {}

  /** From now on modules must be signed. */
  record EnforceModules() implements Step {}

  /** From now on the kernel is locked down, for integrity. */
  record LockDown() implements Step {}

  /**
   * Verity is enabled on a file.
   *
   * @param signature empty for none
   * @param sha512 the digest's hash; else SHA-256
   */
  record Verity(Bytes content, Bytes signature, boolean sha512, boolean required) implements Step {
    public Verity {
      if (content.size() > 4096) {
        throw new IllegalArgumentException("more than a block");
      }
    }
  }

  /** The kfunc; it asks with the keyring that a look-up gives. */
  record Kfunc(Bytes content, Bytes message, Lookup lookup, int id) implements Step {}

  /** How a program names a keyring. */
  enum Lookup {
    /** {@code bpf_lookup_user_key} of a serial number or special id. */
    SERIAL(0),
    /** {@code bpf_lookup_system_key}. */
    SYSTEM(1),
    /** {@code bpf_lookup_user_key} of the serial number of what a step made. */
    NUMBERED(2);

    /** As script.c has it. */
    final int mode;

    Lookup(int mode) {
      this.mode = mode;
    }
  }
}
