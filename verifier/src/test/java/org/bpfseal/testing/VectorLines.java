// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of a manifest of {@code test-vectors}: ASCII, a first line that names the format, then
 * one record a line, all of one shape. Anything else is refused.
 */
final class VectorLines {
  private VectorLines() {}

  static String text(Path manifest) {
    try {
      return Files.readString(manifest, StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<MatchResult> read(String manifest, String header, Pattern shape) {
    List<String> lines = manifest.lines().toList();
    if (!manifest.endsWith("\n") || !lines.getFirst().equals(header)) {
      throw new IllegalArgumentException("expected first line '" + header + "' and a last newline");
    }
    return lines.stream().skip(1).map(line -> match(shape, line)).toList();
  }

  private static MatchResult match(Pattern shape, String line) {
    Matcher words = shape.matcher(line);
    if (!words.matches()) {
      throw new IllegalArgumentException("not a line of the manifest: " + line);
    }
    return words.toMatchResult();
  }
}
