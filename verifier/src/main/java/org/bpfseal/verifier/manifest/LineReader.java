// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * The manifest's text, one line of words at a time: printable ASCII, words parted by one space, at
 * most 1000 bytes and then a newline. A line is looked at when it is its turn, so the first fault
 * is the one that is found.
 */
final class LineReader {
  static final String FORMAT = "manifest";
  private static final int LINE_MOST = 1000;
  private static final int WORDS_MOST = 8;

  private final Bytes text;
  private final List<String> words = new ArrayList<>();
  private final List<Integer> offsets = new ArrayList<>();
  private int number;
  private int start;
  private int following;

  LineReader(Bytes text) {
    this.text = text;
  }

  /** Moves to the next line; at the end of the text the line has no words. */
  void next() throws FormatException {
    number++;
    words.clear();
    offsets.clear();
    start = following;
    int left = text.size() - start;
    if (left == 0) {
      return;
    }
    int stop = text.indexOf('\n', start);
    if ((stop < 0 ? text.size() : stop) - start > LINE_MOST) {
      throw fault(start + LINE_MOST, "expected a line of at most 1000 bytes, found a longer one");
    }
    if (stop < 0) {
      throw fault(text.size(), "expected a newline after the last line, found the end");
    }
    following = stop + 1;
    split(stop);
  }

  private void split(int stop) throws FormatException {
    int begin = start;
    for (int at = start; at <= stop; at++) {
      int c = at == stop ? ' ' : text.at(at);
      if (c < ' ' || c > '~') {
        throw fault(at, "expected printable ASCII, found byte 0x%02x".formatted(c));
      }
      if (c != ' ') {
        continue;
      }
      if (at == begin) {
        throw fault(at, "expected a word, found " + (at == stop ? "the line's end" : "a space"));
      }
      if (words.size() == WORDS_MOST) {
        throw fault(begin, "expected at most 8 words, found a further one");
      }
      words.add(text.slice(begin, at).toUtf8());
      offsets.add(begin);
      begin = at + 1;
    }
  }

  boolean atEnd() {
    return words.isEmpty();
  }

  int count() {
    return words.size();
  }

  String word(int index) {
    return words.get(index);
  }

  /** Whether the line begins with the keyword. */
  boolean is(String keyword) {
    return !words.isEmpty() && words.getFirst().equals(keyword);
  }

  /** Refuses the line unless it has exactly this keyword and this many words. */
  void expect(String keyword, int count, String shape) throws FormatException {
    if (!is(keyword)) {
      throw fail(0, shape);
    }
    if (words.size() != count) {
      throw fail(Math.min(count, words.size() - 1), shape);
    }
  }

  /** The word if it has the shape. */
  String expect(int index, Pattern shape, String expected) throws FormatException {
    if (!WordShape.is(words.get(index), shape)) {
      throw fail(index, expected);
    }
    return words.get(index);
  }

  /** The refusal of a word, or of the line if it has no such word. */
  FormatException fail(int index, String expected) {
    boolean there = index < words.size();
    return fault(
        there ? offsets.get(index) : start,
        "expected "
            + expected
            + ", found "
            + (there
                ? '"' + words.get(index) + '"'
                : words.isEmpty() ? "the end" : "no such word"));
  }

  /** The refusal of a manifest as a whole, at its first line. */
  static FormatException failWhole(String problem) {
    return new FormatException(FORMAT, "line 1", 0, problem);
  }

  private FormatException fault(int offset, String problem) {
    return new FormatException(FORMAT, "line " + number, offset, problem);
  }
}
