// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.util.Locale;
import java.util.Optional;
import org.bpfseal.verifier.KernelFeature;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.KeyringSelector;
import org.bpfseal.verifier.SystemKeyring;
import org.bpfseal.verifier.keyring.Keyring;
import org.jspecify.annotations.Nullable;

/** A keyring as options name it. In the order in which a kernel fills them. */
enum KeyringName {
  /** One that the loading process brings along. */
  USER(null, null),
  BUILTIN(SystemKeyring.BUILTIN, null),
  /** Its keys are reached through secondary. */
  MACHINE(SystemKeyring.MACHINE, KernelFeature.MACHINE_KEYRING),
  SECONDARY(SystemKeyring.SECONDARY, KernelFeature.SECONDARY_KEYRING),
  PLATFORM(SystemKeyring.PLATFORM, KernelFeature.PLATFORM_KEYRING),
  /** In no released kernel; whoever names it asks about one that has it. */
  BPF(SystemKeyring.BPF, null);

  private final @Nullable SystemKeyring system;
  private final @Nullable KernelFeature feature;

  KeyringName(@Nullable SystemKeyring system, @Nullable KernelFeature feature) {
    this.system = system;
    this.feature = feature;
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kernel's own keyring of that name; a user's is none. */
  Optional<SystemKeyring> system() {
    return Optional.ofNullable(system);
  }

  /** Whether a kernel can have keys in it. */
  boolean isIn(KernelProfile profile) {
    return feature == null || profile.has(feature);
  }

  /** Whether a search of this keyring comes to that one. */
  boolean searches(KeyringName other) {
    return switch (this) {
      case USER, BUILTIN, PLATFORM, BPF -> this == other;
      case SECONDARY, MACHINE -> other == SECONDARY || other == MACHINE || other == BUILTIN;
    };
  }

  /** How a load names it. */
  KeyringSelector selector(Keyring users) {
    return switch (this) {
      case USER -> new KeyringSelector.Given(users);
      case BUILTIN -> KeyringSelector.BUILTIN;
      case SECONDARY, MACHINE -> KeyringSelector.SECONDARY;
      case PLATFORM -> KeyringSelector.PLATFORM;
      case BPF -> KeyringSelector.BPF;
    };
  }

  /** Where a search of it looks. */
  Keyring searched(KernelProfile profile, Keyring users) {
    return switch (this) {
      case USER -> users;
      case BUILTIN -> profile.searched(SystemKeyring.BUILTIN);
      case SECONDARY, MACHINE -> profile.searched(SystemKeyring.SECONDARY);
      case PLATFORM -> profile.searched(SystemKeyring.PLATFORM);
      case BPF -> profile.searched(SystemKeyring.BPF);
    };
  }
}
