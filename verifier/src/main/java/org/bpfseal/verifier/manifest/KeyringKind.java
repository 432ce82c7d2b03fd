// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.manifest;

import java.util.Locale;

/** Where the kernel looks for the signers' keys. */
public enum KeyringKind {
  /** A keyring of the loader's own, filled with the image's certificates, then restricted. */
  USER,
  /** The keys built into the kernel. */
  BUILTIN,
  /** Those, and the ones that they vouch for. */
  SECONDARY,
  /** The firmware's keys. */
  PLATFORM;

  private final String text = name().toLowerCase(Locale.ROOT);

  /** The word in the manifest. */
  public String text() {
    return text;
  }
}
