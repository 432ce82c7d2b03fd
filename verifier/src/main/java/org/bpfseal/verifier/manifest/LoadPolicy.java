// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.manifest;

import java.util.Locale;

/** Which BPF programs may be loaded once the guard is sealed. */
public enum LoadPolicy {
  /** Signed ones, and unsigned ones of the types that service managers and containers load. */
  TYPES,
  /** Signed ones; for machines without containers. */
  SIGNED,
  /** All: the guard only holds links. */
  ANY;

  /** The manifest's word. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
