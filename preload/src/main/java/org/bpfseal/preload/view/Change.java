// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One thing in which two images differ.
 *
 * @param subject what it is about: {@code version}, {@code order}, {@code program NAME} …
 * @param text what happens to it from the first image to the second
 */
public record Change(String subject, String text) {
  /** Collects changes of one subject. */
  static final class Collector {
    private final String subject;
    private final List<Change> changes = new ArrayList<>();

    Collector(String subject) {
      this.subject = subject;
    }

    void add(String text) {
      changes.add(new Change(subject, text));
    }

    /** A value that may be another one. */
    void compare(String name, Object before, Object after) {
      if (!Objects.equals(before, after)) {
        add("%s %s becomes %s".formatted(name, before, after));
      }
    }

    /** Names that may come and go. */
    void compareSets(String noun, List<String> before, List<String> after) {
      before.stream().filter(name -> !after.contains(name)).forEach(name -> add(lost(noun, name)));
      after.stream()
          .filter(name -> !before.contains(name))
          .forEach(name -> add("%s %s is added".formatted(noun, name)));
    }

    private static String lost(String noun, String name) {
      return "%s %s is removed".formatted(noun, name);
    }

    List<Change> changes() {
      return changes;
    }
  }
}
