// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.object;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A kernel release such as 6.18.15; what follows the numbers doesn't matter here. */
public record KernelRelease(int major, int minor, int patch) {
  private static final Pattern TEXT =
      Pattern.compile("([0-9]{1,4})\\.([0-9]{1,3})(?:\\.([0-9]{1,5}))?(?:[-+].*)?");

  /** The release of a text, if it is one. */
  public static Optional<KernelRelease> of(String text) {
    Matcher match = TEXT.matcher(text);
    if (!match.matches()) {
      return Optional.empty();
    }
    String patch = match.group(3);
    return Optional.of(
        new KernelRelease(
            Integer.parseInt(match.group(1)),
            Integer.parseInt(match.group(2)),
            patch == null ? 0 : Integer.parseInt(patch)));
  }

  /** {@code KERNEL_VERSION()} of {@code Makefile} at 7.3: the patch level takes 8 bits. */
  public int code() {
    return (major << 16) + (minor << 8) + Math.min(patch, 255);
  }
}
