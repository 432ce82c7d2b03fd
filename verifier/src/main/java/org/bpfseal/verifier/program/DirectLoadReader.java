// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.program;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.bpfseal.verifier.bpf.ProgramType;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * Reads the member {@code load} of a signed program: ASCII lines, each a word, a space and a value.
 *
 * <pre>
 *   function NAME
 *   type TYPE             as {@link ProgramType#text} has it
 *   attach-type NUMBER
 *   flags 0xHEX
 *   map-flags 0xHEX
 *   target NAME           only if it is bound to one
 *   license TEXT          only if it has one
 * </pre>
 *
 * <p>Numbers have 32 bits and no zeros in front; hex digits are lower-case. Another order, word or
 * spelling is refused.
 */
final class DirectLoadReader {
  private static final Predicate<String> NAME =
      Pattern.compile("[A-Za-z0-9_.$]{1,127}").asMatchPredicate();
  private static final Predicate<String> NUMBER =
      Pattern.compile("0|[1-9][0-9]{0,9}").asMatchPredicate();
  private static final Predicate<String> HEX =
      Pattern.compile("0x(0|[1-9a-f][0-9a-f]{0,7})").asMatchPredicate();
  private static final Predicate<String> LICENSE =
      Pattern.compile("[ -~]{1,63}").asMatchPredicate();
  private static final long MOST = 0xffff_ffffL;

  private final Member member;
  private final String text;
  private int at;

  private DirectLoadReader(Member member) {
    this.member = member;
    text = member.content().toUtf8();
  }

  static DirectLoad read(Member member) throws FormatException {
    return new DirectLoadReader(member).load();
  }

  private DirectLoad load() throws FormatException {
    String function = required("function", NAME);
    int typeAt = at;
    ProgramType type =
        ProgramType.of(required("type", NAME)).orElseThrow(() -> fail(typeAt, "a program type"));
    int attachAt = at;
    long attachType = Long.parseLong(required("attach-type", NUMBER));
    if (attachType > MOST) {
      throw fail(attachAt, "a number of 32 bits");
    }
    long flags = hex("flags");
    long mapFlags = hex("map-flags");
    Optional<String> target = optional("target", NAME);
    Optional<String> license = optional("license", LICENSE);
    if (at != text.length()) {
      throw fail(at, "the end");
    }
    return new DirectLoad(function, type, attachType, flags, mapFlags, target, license.orElse(""));
  }

  private long hex(String word) throws FormatException {
    return Long.parseLong(required(word, HEX).substring(2), 16);
  }

  private String required(String word, Predicate<String> shape) throws FormatException {
    int start = at;
    return optional(word, shape).orElseThrow(() -> fail(start, "a line \"" + word + " …\""));
  }

  private Optional<String> optional(String word, Predicate<String> shape) {
    int value = at + word.length() + 1;
    int end = text.indexOf('\n', at);
    if (end < value
        || !text.startsWith(word + " ", at)
        || !shape.test(text.substring(value, end))) {
      return Optional.empty();
    }
    at = end + 1;
    return Optional.of(text.substring(value, end));
  }

  /** Only ASCII lies before a fault, so a position in the text is one in the bytes. */
  private FormatException fail(int position, String expected) {
    return new FormatException(
        SignedProgramReader.FORMAT,
        member.name(),
        member.offset() + position,
        "expected " + expected + ", found something else");
  }
}
