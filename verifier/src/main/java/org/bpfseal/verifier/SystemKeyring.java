// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

/** The keyrings that the kernel itself makes. */
public enum SystemKeyring {
  /** Id 0: the keys of the kernel image. */
  BUILTIN(".builtin_trusted_keys"),
  /** Id 1; builtin and machine are searched with it. */
  SECONDARY(".secondary_trusted_keys"),
  /** The owner's keys from firmware (MOK), reachable through secondary. */
  MACHINE(".machine"),
  /** Id 2: the firmware's keys. */
  PLATFORM(".platform"),
  /** Revoked certificates. */
  REVOKED(".blacklist"),
  FSVERITY(".fs-verity"),
  /** Id -9: in no released kernel, queued for 7.4. */
  BPF(".bpf");

  private final String keyringName;

  SystemKeyring(String keyringName) {
    this.keyringName = keyringName;
  }

  /** As {@code /proc/keys} shows it. */
  public String keyringName() {
    return keyringName;
  }
}
