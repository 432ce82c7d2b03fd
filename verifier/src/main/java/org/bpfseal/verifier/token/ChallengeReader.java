// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.token;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * Reads a challenge, the machine's request for a token. ASCII text, each line ended by a newline,
 * words parted by one space, exactly these lines:
 *
 * <pre>
 *   bpfseal-challenge 1
 *   operation stop|hold|replace
 *   link ID PROGRAM/LINK        the link's id, 1 to 4294967295, and its name, at most 127 bytes
 *   sequence N                  decimal, at most 18446744073709551615
 *   nonce HEX                   32 lower-case digits
 *   digest HEX                  replace only: 64 lower-case digits
 * </pre>
 *
 * <p>Numbers have no leading zeros. Nothing but the challenge's own word says that it comes from
 * the machine; the guard compares all of it when the token comes back.
 */
public final class ChallengeReader {
  /** More than the longest one has. */
  public static final int SIZE_MOST = 512;

  private static final String FORMAT = "challenge";
  private static final String FIRST_LINE = "bpfseal-challenge 1";
  private static final Pattern OPERATION = Pattern.compile("operation (stop|hold|replace)");
  private static final Pattern LINK = Pattern.compile("link ([1-9][0-9]{0,9}) ([!-~]{1,127})");
  private static final Pattern SEQUENCE = Pattern.compile("sequence (0|[1-9][0-9]{0,19})");
  private static final Pattern NONCE = Pattern.compile("nonce ([0-9a-f]{32})");
  private static final Pattern DIGEST = Pattern.compile("digest ([0-9a-f]{64})");

  private final Bytes text;
  private int number;
  private int start;
  private int following;

  private ChallengeReader(Bytes text) {
    this.text = text;
  }

  /** Whether a file begins like a challenge. */
  public static boolean recognises(Bytes file) {
    return file.startsWith(Bytes.utf8("bpfseal-challenge"));
  }

  /**
   * The token that is asked for.
   *
   * @throws FormatException at the first line at fault; its path is the line, as {@code line 3}
   */
  public static Token read(Bytes text) throws FormatException {
    return new ChallengeReader(text).token();
  }

  private Token token() throws FormatException {
    line(Pattern.compile(Pattern.quote(FIRST_LINE)), FIRST_LINE);
    String word = line(OPERATION, "operation stop|hold|replace").group(1);
    Operation operation =
        Arrays.stream(Operation.values())
            .filter(each -> each.text().equals(word))
            .findFirst()
            .orElseThrow();
    Matcher link = line(LINK, "link ID PROGRAM/LINK");
    long id = Long.parseLong(link.group(1));
    if (id > 0xffff_ffffL) {
      throw fault("a link's id of at most 4294967295");
    }
    long sequence = sequence(line(SEQUENCE, "sequence N").group(1));
    Bytes nonce = Bytes.hex(line(NONCE, "nonce HEX, 32 digits").group(1));
    Optional<Bytes> digest = Optional.empty();
    if (operation == Operation.REPLACE) {
      digest = Optional.of(Bytes.hex(line(DIGEST, "digest HEX, 64 digits").group(1)));
    }
    if (following != text.size()) {
      start = following;
      number++;
      throw fault("the end");
    }
    return new Token(operation, id, link.group(2), sequence, nonce, digest);
  }

  private long sequence(String digits) throws FormatException {
    try {
      return Long.parseUnsignedLong(digits);
    } catch (NumberFormatException e) {
      throw fault("a sequence number of at most 18446744073709551615");
    }
  }

  private Matcher line(Pattern shape, String expected) throws FormatException {
    number++;
    start = following;
    int stop = text.indexOf('\n', start);
    if (stop < 0 || stop - start > SIZE_MOST) {
      throw fault(expected);
    }
    following = stop + 1;
    Matcher matcher = shape.matcher(ascii(text.slice(start, stop)));
    if (!matcher.matches()) {
      throw fault(expected);
    }
    return matcher;
  }

  /** Bytes that are no ASCII match nothing. */
  private static String ascii(Bytes line) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < line.size(); i++) {
      out.append((char) line.at(i));
    }
    return out.toString();
  }

  private FormatException fault(String expected) {
    return new FormatException(FORMAT, "line " + number, start, "expected " + expected);
  }

  /** The lines, each without its end, of which a challenge for this token consists. */
  public static List<String> lines(Token token) {
    List<String> lines =
        List.of(
            FIRST_LINE,
            "operation " + token.operation().text(),
            "link " + token.link() + " " + token.name(),
            "sequence " + Long.toUnsignedString(token.sequence()),
            "nonce " + token.nonce().toHex());
    return token
        .digest()
        .map(hash -> Stream.concat(lines.stream(), Stream.of("digest " + hash.toHex())).toList())
        .orElse(lines);
  }
}
