// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A kernel release as {@code uname -r} prints it, or a series such as {@code 7.3}.
 *
 * @param patch absent for a series, which counts as its newest release
 * @param suffix what the distribution appended, such as {@code +deb13-cloud-amd64}; may be empty
 */
public record KernelRelease(int major, int minor, OptionalInt patch, String suffix) {
  private static final Pattern SHAPE =
      Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(?:\\.(\\d{1,6}))?([-+~][0-9A-Za-z.+~_-]*)?");

  /** Reads {@code 7.3}, {@code 7.3.4} or {@code 7.3.4+deb13-cloud-amd64}; empty for other texts. */
  public static Optional<KernelRelease> parse(String text) {
    Matcher parts = SHAPE.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String patch = parts.group(3);
    String suffix = parts.group(4);
    return Optional.of(
        new KernelRelease(
            Integer.parseInt(parts.group(1)),
            Integer.parseInt(parts.group(2)),
            patch == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(patch)),
            suffix == null ? "" : suffix));
  }

  /** A whole series. */
  public static KernelRelease series(int major, int minor) {
    return new KernelRelease(major, minor, OptionalInt.empty(), "");
  }

  /** True for this series and all later ones. */
  public boolean isAtLeast(int otherMajor, int otherMinor) {
    return major > otherMajor || (major == otherMajor && minor >= otherMinor);
  }

  /** True for this release, later ones of its series, and all later series. */
  public boolean isAtLeast(int otherMajor, int otherMinor, int otherPatch) {
    return (major == otherMajor && minor == otherMinor)
        ? patch.isEmpty() || patch.getAsInt() >= otherPatch
        : isAtLeast(otherMajor, otherMinor);
  }

  /** The release as text, without the suffix. */
  @Override
  public String toString() {
    return major + "." + minor + (patch.isPresent() ? "." + patch.getAsInt() : "");
  }
}
