// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key.tink;

import java.util.Base64;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * A cursor over lines {@code name value}, in a fixed order, each ended by one newline; the first is
 * the format's name and version. Anything else is refused.
 */
final class TextFields {
  private final String format;
  private final Bytes file;
  private int position;

  private TextFields(String format, Bytes file) {
    this.format = format;
    this.file = file;
  }

  /** Starts behind the first line, which must be {@code format} and 1. */
  static TextFields of(String format, Bytes file) throws FormatException {
    TextFields fields = new TextFields(format, file);
    if (!fields.next(format).equals("1")) {
      throw new FormatException(format, "version", 0, "expected 1, found another");
    }
    return fields;
  }

  /** The value of the next line, which must have that name. */
  String next(String name) throws FormatException {
    int end = file.indexOf('\n', position);
    String wanted = name + " ";
    if (end < 0 || !file.slice(position, end).startsWith(Bytes.utf8(wanted))) {
      throw fail(name, "expected a line \"" + name + " …\", found something else");
    }
    String value = file.slice(position + wanted.length(), end).toUtf8();
    position = end + 1;
    return value;
  }

  Bytes hex(String name, int size) throws FormatException {
    int at = position;
    String text = next(name);
    if (!text.matches("[0-9a-f]{" + 2 * size + "}")) {
      throw new FormatException(format, name, at, "expected " + size + " bytes as hex digits");
    }
    return Bytes.hex(text);
  }

  Bytes base64(String name) throws FormatException {
    int at = position;
    try {
      return Bytes.owning(Base64.getDecoder().decode(next(name)));
    } catch (IllegalArgumentException e) {
      throw new FormatException(format, name, at, "expected base64, found something else");
    }
  }

  void end() throws FormatException {
    if (position != file.size()) {
      throw fail("end", "expected the end of the file, found more");
    }
  }

  FormatException fail(String name, String problem) {
    return new FormatException(format, name, position, problem);
  }
}
