// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.plan;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * The plan's text as lines of words.
 *
 * <p>UTF-8. Words are parted by blanks; one that begins with a double quote goes on to the next and
 * may have blanks. What follows a {@code #} at the start of a word is a comment; lines without a
 * word don't count.
 */
final class PlanWords {
  static final String FORMAT = "plan";
  private static final int SIZE_MOST = 1 << 20;

  private final String text;
  private final List<Line> lines = new ArrayList<>();
  private int offset;

  private PlanWords(String text) {
    this.text = text;
  }

  /**
   * A line that has words.
   *
   * @param offset in bytes of its first character
   */
  record Line(int number, int offset, List<String> words) {
    Line {
      words = List.copyOf(words);
    }

    String keyword() {
      return words.getFirst();
    }

    FormatException fail(String problem) {
      return new FormatException(FORMAT, "line " + number, offset, problem);
    }

    /** Refuses the line unless it has that many words. */
    Line expect(int least, int most, String shape) throws FormatException {
      if (words.size() < least || words.size() > most) {
        throw fail("expected " + shape + ", found " + String.join(" ", words));
      }
      return this;
    }
  }

  static List<Line> of(Bytes bytes) throws FormatException {
    if (bytes.size() > SIZE_MOST) {
      throw new FormatException(FORMAT, "line 1", SIZE_MOST, "expected at most 1 MiB, found more");
    }
    PlanWords reader = new PlanWords(decoded(bytes));
    int number = 0;
    for (String line : reader.text.split("\n", -1)) {
      number++;
      List<String> words = reader.words(number, line);
      if (!words.isEmpty()) {
        reader.lines.add(new Line(number, reader.offset, words));
      }
      reader.offset += line.getBytes(StandardCharsets.UTF_8).length + 1;
    }
    return reader.lines;
  }

  private static String decoded(Bytes bytes) throws FormatException {
    ByteBuffer rest = bytes.buffer();
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(rest).toString();
    } catch (CharacterCodingException e) {
      throw new FormatException(
          FORMAT, "text", rest.position(), "expected UTF-8, found other bytes");
    }
  }

  private List<String> words(int number, String line) throws FormatException {
    List<String> words = new ArrayList<>();
    int at = 0;
    while (at < line.length()) {
      char c = line.charAt(at);
      if (c == '#') {
        break;
      }
      if (c == ' ' || c == '\t') {
        at++;
        continue;
      }
      int end = c == '"' ? line.indexOf('"', at + 1) : endOfWord(line, at);
      String word = end < 0 ? "" : line.substring(c == '"' ? at + 1 : at, end);
      if (word.isEmpty() || word.chars().anyMatch(Character::isISOControl)) {
        throw new FormatException(
            FORMAT, "line " + number, offset, "expected a word, found " + line.strip());
      }
      words.add(word);
      at = c == '"' ? end + 1 : end;
    }
    return words;
  }

  private static int endOfWord(String line, int start) {
    int end = start;
    while (end < line.length() && line.charAt(end) != ' ' && line.charAt(end) != '\t') {
      end++;
    }
    return end;
  }
}
