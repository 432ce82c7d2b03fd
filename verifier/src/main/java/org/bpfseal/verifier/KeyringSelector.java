// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import org.bpfseal.verifier.keyring.Keyring;

/** The keyring that a load or a call names. */
public sealed interface KeyringSelector {
  /** The builtin keyring, id 0. */
  KeyringSelector BUILTIN = new Id(0);

  /** The secondary keyring, id 1. */
  KeyringSelector SECONDARY = new Id(1);

  /** The platform keyring, id 2. */
  KeyringSelector PLATFORM = new Id(2);

  /** Keyring {@code .bpf}: queued for 7.4, in no released kernel. */
  int BPF_ID = -9;

  /** The keyring {@code .bpf}. */
  KeyringSelector BPF = new Id(BPF_ID);

  /**
   * {@code keyring_id} as the system call takes it: 0 to 2 are system keyrings, negative ones are
   * special, others are serial numbers, all looked up in the profile.
   */
  record Id(int id) implements KeyringSelector {
    @Override
    public String toString() {
      return Integer.toString(id);
    }
  }

  /** A keyring that the caller holds, as if its serial number had been passed. */
  record Given(Keyring keyring) implements KeyringSelector {}
}
