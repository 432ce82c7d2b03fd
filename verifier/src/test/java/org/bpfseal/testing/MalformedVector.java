// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.testing;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One damaged BPF object of {@code test-vectors/malformed}: it must be refused as unreadable.
 *
 * @param object the object file; its name says what is wrong
 * @param sha256 of the object file, lower-case hex
 */
public record MalformedVector(Path object, String sha256) {
  private static final Pattern LINE =
      Pattern.compile("object ([a-z0-9-]+\\.bpf\\.o) sha256=([0-9a-f]{64})");

  /** All vectors, in the manifest's order. */
  public static List<MalformedVector> all() {
    Path folder = Lab.vectors().resolve("malformed");
    return VectorLines.read(
            VectorLines.text(folder.resolve("manifest")), "bpfseal-malformed 1", LINE)
        .stream()
        .map(
            words ->
                new MalformedVector(
                    folder.resolve("objects").resolve(words.group(1)), words.group(2)))
        .toList();
  }

  /** The file name: what a parameterized test shows. */
  @Override
  public String toString() {
    return object.subpath(object.getNameCount() - 1, object.getNameCount()).toString();
  }
}
