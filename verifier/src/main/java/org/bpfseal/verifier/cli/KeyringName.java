// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.util.Locale;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.KeyringSelector;
import org.bpfseal.verifier.SystemKeyring;
import org.bpfseal.verifier.keyring.Keyring;

/** The keyring that holds the given certificates. */
enum KeyringName {
  USER,
  BUILTIN,
  SECONDARY,
  PLATFORM;

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The profile with the keys in this keyring; a user's keyring is none of the profile's. */
  KernelProfile in(KernelProfile profile, Keyring keys) {
    return switch (this) {
      case USER -> profile;
      case BUILTIN -> profile.toBuilder().keyring(SystemKeyring.BUILTIN, keys).build();
      case SECONDARY -> profile.toBuilder().keyring(SystemKeyring.SECONDARY, keys).build();
      case PLATFORM -> profile.toBuilder().keyring(SystemKeyring.PLATFORM, keys).build();
    };
  }

  /** How a load names it. */
  KeyringSelector selector(Keyring keys) {
    return switch (this) {
      case USER -> new KeyringSelector.Given(keys);
      case BUILTIN -> KeyringSelector.BUILTIN;
      case SECONDARY -> KeyringSelector.SECONDARY;
      case PLATFORM -> KeyringSelector.PLATFORM;
    };
  }
}
