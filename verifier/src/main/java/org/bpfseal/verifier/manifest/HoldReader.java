// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * Reads the end of a link's line: {@code stop-on-confirm} (the key of each confirm line may),
 * {@code stop-on-confirm=NAME.der,...} (these) or {@code stop-on-confirm=none}, then {@code
 * best-effort} for the links, and only for those, that end with their device or cgroup.
 */
final class HoldReader {
  private static final String KEYWORD = "stop-on-confirm";

  private HoldReader() {}

  /**
   * The hold, if there is one.
   *
   * @param word where it may begin
   * @throws FormatException also for anything else there
   */
  static Optional<Hold> read(LineReader in, int word, Optional<GuardEntry> guard, LinkTarget target)
      throws FormatException {
    if (word == in.count()) {
      return Optional.empty();
    }
    String text = in.word(word);
    if (!text.equals(KEYWORD) && !text.startsWith(KEYWORD + "=")) {
      throw in.fail(word, "no further word than stop-on-confirm");
    }
    if (guard.isEmpty()) {
      throw in.fail(word, "no hold, the image has no guard");
    }
    List<String> all = guard.get().confirmers().stream().map(CertificateEntry::name).toList();
    List<String> confirmers = confirmers(in, word, all);
    int next = word + 1;
    boolean bestEffort = next < in.count() && in.word(next).equals("best-effort");
    if (bestEffort != target.endsWithItsTarget()) {
      throw in.fail(next, "best-effort just where a device's or cgroup's end ends the link");
    }
    next += bestEffort ? 1 : 0;
    if (next != in.count()) {
      throw in.fail(next, "no further word");
    }
    return Optional.of(new Hold(confirmers, bestEffort));
  }

  /** One spelling each: all without names, some in the order of the confirm lines, or none. */
  private static List<String> confirmers(LineReader in, int word, List<String> all)
      throws FormatException {
    String text = in.word(word);
    if (text.equals(KEYWORD)) {
      if (all.isEmpty()) {
        throw in.fail(word, "stop-on-confirm=none, there is no confirm line");
      }
      return all;
    }
    String value = text.substring(KEYWORD.length() + 1);
    if (value.equals("none")) {
      return List.of();
    }
    List<String> named = List.of(value.split(",", -1));
    List<String> ordered = new ArrayList<>(all);
    ordered.retainAll(named);
    if (!ordered.equals(named) || named.equals(all)) {
      throw in.fail(word, "stop-on-confirm=none, or names of confirm lines in order, not all");
    }
    return named;
  }

  /** The words for it, with the space before them. */
  static String text(Hold hold, List<String> all) {
    List<String> names = hold.confirmers();
    String who = names.isEmpty() ? "=none" : names.equals(all) ? "" : "=" + String.join(",", names);
    return " " + KEYWORD + who + (hold.bestEffort() ? " best-effort" : "");
  }
}
