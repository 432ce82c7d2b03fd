// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.loader;

/** What generation of generator a loader is of, by its instructions. */
public enum LoaderForm {
  /** No check of the blob; the caller may replace sizes and initial values. */
  UNSIGNED("unsigned", false),
  /**
   * No check of the blob, nothing to replace: for kernels from 7.3 on, which bind the blob
   * themselves. A loader that makes no map has this form unsigned too.
   */
  D("D", false),
  /** Checks the blob, with jumps one too short, yet the caller may replace what was signed. */
  A("A", true),
  /** Checks the blob, yet the caller may replace sizes and initial values. */
  B("B", true),
  /** Checks the blob, nothing to replace: for kernels 6.18 to 7.2. */
  B2("B2", true),
  /** Checks the blob and that its map is exclusive; only for kernels that have that marker. */
  C("C", true);

  private final String id;
  private final boolean checksBlob;

  LoaderForm(String id, boolean checksBlob) {
    this.id = id;
    this.checksBlob = checksBlob;
  }

  public String id() {
    return id;
  }

  /** Whether the instructions themselves compare the blob's SHA-256. */
  public boolean checksBlob() {
    return checksBlob;
  }

  /** Whether who runs the loader can change maps' sizes and contents under a valid signature. */
  public boolean callerMayReplace() {
    return this == UNSIGNED || this == A || this == B;
  }
}
