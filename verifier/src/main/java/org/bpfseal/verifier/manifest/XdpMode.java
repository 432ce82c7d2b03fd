// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.manifest;

import java.util.Locale;

/** Where an XDP program runs. */
public enum XdpMode {
  /** In the network stack, on any interface. */
  GENERIC,
  /** In the driver. */
  NATIVE;

  private final String text = name().toLowerCase(Locale.ROOT);

  /** The word in the manifest. */
  public String text() {
    return text;
  }
}
