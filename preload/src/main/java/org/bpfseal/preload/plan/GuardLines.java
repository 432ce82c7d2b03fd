// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfseal.preload.plan.Plan.PlannedFile;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.manifest.LoadPolicy;

/** Reads what a plan says of the guard: the lines {@code guard} and {@code confirm}, and holds. */
final class GuardLines {
  private static final int CONFIRMERS_MOST = 16;
  private static final String HOLD = "stop-on-confirm";

  /** Not a digit first: the files of cert lines begin with one. */
  private static final String NAME = "[A-Za-z_][A-Za-z0-9_-]{0,58}";

  private GuardLines() {}

  static Optional<PlannedGuard> guard(PlanLines in) throws FormatException {
    String shape = "guard FILE.bpfs [types|signed|any]";
    Optional<PlanWords.Line> line = in.optional("guard", 3, shape);
    if (line.isEmpty()) {
      if (in.is("confirm")) {
        throw in.here().fail("expected guard before confirm, found no guard");
      }
      return Optional.empty();
    }
    List<String> words = line.get().words();
    LoadPolicy loads =
        words.size() == 2
            ? LoadPolicy.TYPES
            : PlanLines.choice(
                line.get(), words.get(2), LoadPolicy.values(), LoadPolicy::text, shape);
    return Optional.of(
        new PlannedGuard(
            new PlannedFile(line.get().number(), words.get(1)), loads, confirmers(in)));
  }

  private static List<PlannedGuard.Confirmer> confirmers(PlanLines in) throws FormatException {
    List<PlannedGuard.Confirmer> confirmers = new ArrayList<>();
    while (in.is("confirm")) {
      PlanWords.Line line = in.next().expect(4, 4, "confirm FILE as NAME");
      String name = line.words().get(3);
      if (!line.words().get(2).equals("as") || !name.matches(NAME) || name.equals("none")) {
        throw line.fail("expected confirm FILE as NAME, found " + String.join(" ", line.words()));
      }
      if (confirmers.stream().anyMatch(earlier -> earlier.name().equals(name))) {
        throw line.fail("expected each name once, found " + name + " again");
      }
      if (confirmers.size() == CONFIRMERS_MOST) {
        throw line.fail("expected at most 16 confirm lines, found more");
      }
      confirmers.add(
          new PlannedGuard.Confirmer(new PlannedFile(line.number(), line.words().get(1)), name));
    }
    return confirmers;
  }

  /**
   * The hold that a line ends with, if one of its words from the given one on begins it: the files
   * in the image of those who may confirm.
   */
  static Optional<List<String>> hold(PlanWords.Line line, int from, Optional<PlannedGuard> guard)
      throws FormatException {
    String word = line.words().getLast();
    boolean held = word.equals(HOLD) || word.startsWith(HOLD + "=");
    if (line.words().size() <= from || !held) {
      return Optional.empty();
    }
    if (guard.isEmpty()) {
      throw line.fail("expected a guard line before the programs, found a hold without one");
    }
    if (word.equals(HOLD)) {
      if (guard.get().confirmers().isEmpty()) {
        throw line.fail("expected " + HOLD + "=none, there is no confirm line");
      }
      return Optional.of(guard.get().imageNames());
    }
    return Optional.of(named(line, word.substring(HOLD.length() + 1), guard.get()));
  }

  /** In the order of the confirm lines, as the manifest has them. */
  private static List<String> named(PlanWords.Line line, String names, PlannedGuard guard)
      throws FormatException {
    if (names.equals("none")) {
      return List.of();
    }
    List<String> wanted = List.of(names.split(",", -1));
    List<String> found =
        guard.confirmers().stream()
            .filter(confirmer -> wanted.contains(confirmer.name()))
            .map(PlannedGuard.Confirmer::imageName)
            .toList();
    if (found.size() != wanted.size()) {
      throw line.fail("expected none or names of confirm lines, each once, found " + names);
    }
    return found;
  }
}
