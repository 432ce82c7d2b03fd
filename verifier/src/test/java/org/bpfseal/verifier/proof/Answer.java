// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.util.ArrayList;
import java.util.List;

/**
 * What was answered to one case; words are {@code OK}, errno names, {@code DIED}, or {@code -} for
 * what wasn't asked.
 *
 * @param load to the load
 * @param certificates to each certificate, with commas between
 */
record Answer(int id, String load, String certificates) {
  private static final String DEATH = "DIED";

  /** Stands for a case at which the kernel stopped answering. */
  static Answer died(int id) {
    return new Answer(id, DEATH, "-");
  }

  boolean hasDied() {
    return load.equals(DEATH);
  }

  /** Reads {@code id TAB load TAB certificates}. */
  static Answer of(String line) {
    String[] words = line.split("\t", -1);
    if (words.length != 3) {
      throw new IllegalArgumentException("not an answer: " + line);
    }
    return new Answer(Integer.parseInt(words[0]), words[1], words[2]);
  }

  static List<Answer> all(List<String> lines) {
    List<Answer> answers = new ArrayList<>();
    lines.forEach(line -> answers.add(of(line)));
    return answers;
  }

  /** All words of the answer. */
  List<String> words() {
    List<String> words = new ArrayList<>(List.of(certificates.split(",", -1)));
    words.addFirst(load);
    return words;
  }
}
