// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import java.util.List;
import java.util.OptionalLong;

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

  /** A refusal about the byte at an offset. */
  public static Refusal at(Check check, String path, long offset, Object... values) {
    return new Refusal(Finding.at(check, path, offset, values), List.of());
  }

  /** The same refusal of a part, told of the whole that holds it. */
  public Refusal in(String path) {
    return placed(path, finding.offset());
  }

  /** The same refusal of a part, told of the whole that holds it and that begins at an offset. */
  public Refusal at(String path, long offset) {
    return placed(path, finding.offset().isPresent() ? finding.offset() : OptionalLong.of(offset));
  }

  private Refusal placed(String path, OptionalLong offset) {
    String joined = finding.path().isEmpty() ? path : path + " / " + finding.path();
    return new Refusal(new Finding(finding.check(), joined, offset, finding.values()), further);
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
