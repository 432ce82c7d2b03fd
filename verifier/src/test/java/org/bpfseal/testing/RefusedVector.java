// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.testing;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * One BPF object of {@code test-vectors/refused}: no light skeleton can be made of it, or not
 * without a value that must be given. The line format is in {@code test-vectors/README.md}.
 *
 * @param object the object file
 * @param sha256 of the object file, lower-case hex
 * @param why one word; {@code needs-…} if an option would make it possible
 * @param section the section that the refusal must name
 * @param symbol the symbol that it must name, if one is at fault
 */
public record RefusedVector(
    Path object, String sha256, String why, String section, Optional<String> symbol) {
  private static final Pattern LINE =
      Pattern.compile(
          "object (clang-19/[a-z0-9-]+\\.bpf\\.o) compiler=clang-[0-9.]+ sha256=([0-9a-f]{64})"
              + " why=([a-z-]+) section=([A-Za-z0-9_./?-]+) symbol=([A-Za-z0-9_]+)");

  /** All vectors, in the manifest's order. */
  public static List<RefusedVector> all() {
    Path folder = Lab.vectors().resolve("refused");
    return VectorLines.read(VectorLines.text(folder.resolve("manifest")), "bpfseal-refused 1", LINE)
        .stream()
        .map(words -> of(folder, words))
        .toList();
  }

  private static RefusedVector of(Path folder, MatchResult words) {
    return new RefusedVector(
        folder.resolve(words.group(1)),
        words.group(2),
        words.group(3),
        words.group(4),
        Optional.of(words.group(5)).filter(symbol -> !symbol.equals("none")));
  }

  /** Folder and file name: what a parameterized test shows. */
  @Override
  public String toString() {
    return object.subpath(object.getNameCount() - 2, object.getNameCount()).toString();
  }
}
