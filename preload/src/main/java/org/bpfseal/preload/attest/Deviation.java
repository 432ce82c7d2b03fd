// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.attest;

import java.util.Locale;

/**
 * In what a running system isn't what the manifest says.
 *
 * @param subject {@code guard}, {@code PROGRAM/LINK}, {@code PROGRAM/maps/MAP} or a BPF program
 * @param text what is the matter with it
 */
public record Deviation(Kind kind, String subject, String text) {
  /** How they differ. */
  public enum Kind {
    /** The manifest has it, the system hasn't. */
    MISSING,
    /** The system has it, the manifest doesn't. */
    EXTRA,
    /** Both have it, not alike. */
    DIFFERENT,
    /** What the manifest leaves open: it is told and is no fault. */
    ALLOWED;

    /** As it is printed. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether the system isn't as it should be. */
  public boolean isFault() {
    return kind != Kind.ALLOWED;
  }
}
