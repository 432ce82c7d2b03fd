// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.manifest;

import java.util.Locale;

/** What the loader does when a required step fails. */
public enum FailureMode {
  HALT,
  REBOOT;

  private final String text = name().toLowerCase(Locale.ROOT);

  /** The word in the manifest. */
  public String text() {
    return text;
  }
}
