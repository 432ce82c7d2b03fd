// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * A check that failed, where, and with which values.
 *
 * @param path inside the input, parts separated by {@code " / "}, such as {@code signature /
 *     signerInfos[0] / sid}
 * @param offset of the byte at fault from the start of that input (the message, the certificate,
 *     the file); absent where no byte is at fault
 * @param values what the check's message has places for, in its order
 */
public record Finding(Check check, String path, OptionalLong offset, List<String> values) {
  private static final int LONGEST_KEY_ID = 64;

  /** Copies the values. */
  public Finding {
    values = List.copyOf(values);
  }

  /** A finding about no byte in particular. */
  public static Finding of(Check check, String path, Object... values) {
    return new Finding(check, path, OptionalLong.empty(), texts(values));
  }

  /** A finding about the byte at an offset. */
  public static Finding at(Check check, String path, long offset, Object... values) {
    return new Finding(check, path, OptionalLong.of(offset), texts(values));
  }

  /** A finding about what stands at a place. */
  public static Finding at(Check check, Place place, Object... values) {
    return at(check, place.path(), place.offset(), values);
  }

  public Errno errno() {
    return check.errno();
  }

  /** The check's message with the values filled in: lower case, no full stop. */
  public String message() {
    return check.message(values);
  }

  /** {@code path at byte offset: message}. */
  @Override
  public String toString() {
    return path + (offset.isPresent() ? " at byte " + offset.getAsLong() : "") + ": " + message();
  }

  private static List<String> texts(Object... values) {
    return Arrays.stream(values).map(Finding::text).toList();
  }

  /** Key ids are compared by eye, so they are shown whole; longer bytes are a name's DER. */
  private static String text(Object value) {
    return value instanceof Bytes id && id.size() <= LONGEST_KEY_ID
        ? id.toHex()
        : String.valueOf(value);
  }
}
