// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.plan;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/** A plan's lines, read from the first to the last. */
final class PlanLines {
  private final List<PlanWords.Line> lines;
  private int at;

  /** Positioned behind the plan's first line, which is checked here. */
  PlanLines(Bytes text) throws FormatException {
    lines = PlanWords.of(text);
    if (lines.isEmpty() || !lines.getFirst().words().equals(List.of("bpfseal-plan", "1"))) {
      throw new FormatException(
          PlanWords.FORMAT, "line 1", 0, "expected bpfseal-plan 1, found something else");
    }
    at = 1;
  }

  boolean atEnd() {
    return at == lines.size();
  }

  /** The next line, or the last one at the end: what a missing line is reported at. */
  PlanWords.Line here() {
    return lines.get(Math.min(at, lines.size() - 1));
  }

  PlanWords.Line next() {
    return lines.get(at++);
  }

  boolean is(String keyword) {
    return !atEnd() && lines.get(at).keyword().equals(keyword);
  }

  /** The next line if it has this keyword, with 2 words up to so many. */
  Optional<PlanWords.Line> optional(String keyword, int most, String shape) throws FormatException {
    return is(keyword) ? Optional.of(next().expect(2, most, shape)) : Optional.empty();
  }

  PlanWords.Line required(String keyword, String shape) throws FormatException {
    return optional(keyword, 2, shape).orElseThrow(() -> here().fail("expected " + shape));
  }

  /** The one of the choices that is called so. */
  static <T> T choice(
      PlanWords.Line line, String word, T[] choices, Function<T, String> name, String shape)
      throws FormatException {
    for (T each : choices) {
      if (name.apply(each).equals(word)) {
        return each;
      }
    }
    throw line.fail("expected " + shape + ", found " + word);
  }
}
