// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.attest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * Reads what {@code bpfseal inventory} prints; {@code src/main/c/running.h} has the lines and their
 * order. ASCII text of at most 4 MiB, words parted by one space, each line ended by a newline.
 */
public final class RunningSystemReader {
  /** Most bytes of one. */
  public static final int SIZE_MOST = 4 << 20;

  private static final String FORMAT = "inventory";
  private static final int LINE_MOST = 256;
  private static final String ID = "([1-9][0-9]{0,9})";
  private static final String NUMBER = "(0|[1-9][0-9]{0,9})";
  private static final String NAME = "([!-~]{1,63}/[!-~]{1,63})";
  private static final Pattern FIRST = Pattern.compile("bpfseal-inventory 1");
  private static final Pattern KERNEL = Pattern.compile("kernel ([!-~]{1,64})");
  private static final Pattern GUARD =
      Pattern.compile(
          "guard (?:none|(none|kernel) (guard) (guard|kernel) "
              + NUMBER
              + " (types|signed|any) ([0-9a-f]{32}))");
  private static final Pattern PROG =
      Pattern.compile("prog " + ID + " " + NUMBER + " ([0-9a-f]{16}) ([A-Za-z0-9_.-]{1,15})");
  private static final Pattern LINK = Pattern.compile("link " + ID + " " + NUMBER + " " + NUMBER);
  private static final Pattern HOLD =
      Pattern.compile("hold " + ID + " (held|released|own) (-?[0-9]{1,10}) " + NAME);
  private static final Pattern PIN = Pattern.compile("pin (link|map) " + ID + " " + NAME);
  private static final Pattern END = Pattern.compile("end");

  private final Bytes text;
  private int number;
  private int start;
  private int following;
  private String line = "";

  private RunningSystemReader(Bytes text) {
    this.text = text;
  }

  /**
   * The system.
   *
   * @throws FormatException at the first line at fault; its path is the line, as {@code line 3}
   */
  public static RunningSystem read(Bytes text) throws FormatException {
    if (text.size() > SIZE_MOST) {
      throw new FormatException(FORMAT, "line 1", 0, "expected at most 4 MiB, found more");
    }
    return new RunningSystemReader(text).system();
  }

  private RunningSystem system() throws FormatException {
    next();
    expect(FIRST, "bpfseal-inventory 1");
    String kernel = expect(KERNEL, "kernel RELEASE").group(1);
    Optional<RunningSystem.Guard> guard = guard(expect(GUARD, "guard none, or its facts"));
    RunningSystem system =
        new RunningSystem(
            kernel,
            guard,
            all("prog ", PROG, RunningSystemReader::prog),
            all("link ", LINK, RunningSystemReader::link),
            all("hold ", HOLD, RunningSystemReader::hold),
            all("pin ", PIN, RunningSystemReader::pin));
    if (!END.matcher(line).matches() || following != text.size()) {
      throw fault("the line end, and nothing behind it");
    }
    return system;
  }

  private static Optional<RunningSystem.Guard> guard(Matcher words) {
    if (words.group(1) == null) {
      return Optional.empty();
    }
    return Optional.of(
        new RunningSystem.Guard(
            words.group(1),
            words.group(2),
            words.group(3),
            Long.parseLong(words.group(4)),
            words.group(5),
            words.group(6)));
  }

  private static RunningSystem.Prog prog(Matcher words) {
    String name = words.group(4).equals("-") ? "" : words.group(4);
    return new RunningSystem.Prog(number(words, 1), number(words, 2), words.group(3), name);
  }

  private static RunningSystem.Link link(Matcher words) {
    return new RunningSystem.Link(number(words, 1), number(words, 2), number(words, 3));
  }

  private static RunningSystem.KnownLink hold(Matcher words) {
    boolean confirmable = !words.group(3).equals("0");
    return new RunningSystem.KnownLink(
        number(words, 1), words.group(2), confirmable, words.group(4));
  }

  private static RunningSystem.Pin pin(Matcher words) {
    return new RunningSystem.Pin(words.group(1).equals("map"), number(words, 2), words.group(3));
  }

  private static long number(Matcher words, int group) {
    return Long.parseLong(words.group(group));
  }

  private interface Reading<T> {
    T of(Matcher words);
  }

  private <T> List<T> all(String keyword, Pattern shape, Reading<T> reading)
      throws FormatException {
    List<T> found = new ArrayList<>();
    while (line.startsWith(keyword)) {
      found.add(reading.of(expect(shape, "a whole line of the keyword " + keyword.strip())));
    }
    return found;
  }

  /** This line's words; then moves on. */
  private Matcher expect(Pattern shape, String expected) throws FormatException {
    Matcher words = shape.matcher(line);
    if (!words.matches()) {
      throw fault(expected);
    }
    next();
    return words;
  }

  private void next() throws FormatException {
    number++;
    start = following;
    int stop = start < text.size() ? text.indexOf('\n', start) : -1;
    if (stop < 0 || stop - start > LINE_MOST) {
      throw fault("a further line of at most 256 bytes");
    }
    following = stop + 1;
    line = text.slice(start, stop).toUtf8();
  }

  private FormatException fault(String expected) {
    return new FormatException(FORMAT, "line " + number, start, "expected " + expected);
  }
}
