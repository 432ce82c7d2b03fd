// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.image;

import java.util.Locale;

/** What must hold of a preload image, besides the kernel's own verdicts on its signatures. */
public enum ImageCheck {
  WRITTEN_THROUGH_LINK("is written through the symbolic link %s"),
  FOLDER_EXPECTED("is not a folder"),
  FOLDER_MISSING("comes before its folder %s, so the kernel drops it"),
  FILE_EXPECTED("is not a plain file of one name"),
  LOADER_DIFFERS("isn't the boot loader that was given: its SHA-256 is %s"),
  FILE_TWICE("is there twice"),
  FILE_UNPACKED_OTHERWISE("is unpacked with another content, or not at all"),
  FILE_MISSING("is missing"),
  LOADER_NOT_STARTED("has the mode %s, with which it isn't started or not as root"),
  FILE_UNLISTED("is not in the manifest"),
  SIZE_DIFFERS("has %s bytes, not the manifest's %s"),
  HASH_DIFFERS("has SHA-256 %s, not the manifest's"),
  FORM_MISSING("has no form for this kernel"),
  FORM_DIFFERS("is a loader of form %s in the place of one for %s"),
  LOADER_UNREADABLE("is no loader that can be read back: %s"),
  MAPS_DIFFER("makes the maps %s, not the manifest's"),
  PROGS_DIFFER("makes the programs %s, not the manifest's"),
  SIGNATURE_EMPTY("has no signature, which the kernel takes for an ordinary load"),
  SIZE_MOST("has %s bytes, more than the %s that are read at boot"),
  CERTIFICATE_REFUSED("is a certificate that the kernel refuses with %s"),
  GUARD_INCOMPLETE("has no program guard_command, so it can't be sealed"),
  GUARD_REFUSES("is answered with %s by the guard, which knows the image's own keyring alone"),
  GUARD_IMPOSSIBLE("needs BPF LSM (CONFIG_BPF_LSM, lsm=...,bpf), which this kernel is without"),
  HOOKS_IMPOSSIBLE("attaches to LSM hooks, but this kernel is without BPF LSM"),
  VERSION_BELOW("has version %s, which is below the least that is wanted, %s"),
  MANIFEST_UNVERIFIED(
      "is checked by nobody at boot: without a guard its order, links and pins are unsigned"),
  GUARD_UNVERIFIED("is loaded without a look at its signature: this kernel checks none");

  private final String message;

  ImageCheck(String message) {
    this.message = message;
  }

  /** Its name in machine-readable output. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Its message with dots in the place of values. */
  public String summary() {
    return message.replace("%s", "…");
  }

  /** The message with its places filled. */
  String message(Object... values) {
    return message.formatted(values);
  }
}
