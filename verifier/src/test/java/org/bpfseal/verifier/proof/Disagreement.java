// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A case that a kernel and the mirror answer differently. */
record Disagreement(Case one, Answer kernel, Answer mirror) {

  static List<Disagreement> between(List<Case> cases, List<Answer> kernel, List<Answer> mirror) {
    return IntStream.range(0, cases.size())
        .filter(i -> !kernel.get(i).equals(mirror.get(i)))
        .mapToObj(i -> new Disagreement(cases.get(i), kernel.get(i), mirror.get(i)))
        .toList();
  }

  /** Writes all that is needed to study it, as a vector for the mirror. */
  void write(Path file, String series) {
    String mirrored = "# mirror: " + mirror.load() + " " + mirror.certificates() + "\n";
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, mirrored + VerdictVector.text(one, Map.of(series, kernel)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return "case %d (%s): kernel %s %s, mirror %s %s"
        .formatted(
            one.id(),
            one.story(),
            kernel.load(),
            kernel.certificates(),
            mirror.load(),
            mirror.certificates());
  }
}
