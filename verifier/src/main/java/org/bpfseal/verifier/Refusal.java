// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import java.util.List;

/**
 * How the mirror's readers and judges stop: the kernel refuses here.
 *
 * <p>It takes the place of {@code FormatException} inside the mirror, since the kernel has an errno
 * for each fault. {@link KernelMirror} turns it into a verdict; no caller ever sees it.
 */
public final class Refusal extends Exception {
  private final Finding finding;
  private final List<Finding> further;

  /**
   * A refusal with what lies behind it.
   *
   * @param further informs and never changes the errno
   */
  public Refusal(Finding finding, List<Finding> further) {
    // No stack trace: this is an answer, and there may be thousands a second.
    super(null, null, false, false);
    this.finding = finding;
    this.further = List.copyOf(further);
  }

  /** A refusal about no byte in particular. */
  public static Refusal of(Check check, String path, Object... values) {
    return new Refusal(Finding.of(check, path, values), List.of());
  }

  /** A refusal about what stands at a place. */
  public static Refusal at(Check check, Place place, Object... values) {
    return at(check, place.path(), place.offset(), values);
  }

  /** A refusal about the byte at an offset. */
  public static Refusal at(Check check, String path, long offset, Object... values) {
    return new Refusal(Finding.at(check, path, offset, values), List.of());
  }

  public Finding finding() {
    return finding;
  }

  public List<Finding> further() {
    return further;
  }

  @Override
  public String getMessage() {
    return finding.toString();
  }
}
