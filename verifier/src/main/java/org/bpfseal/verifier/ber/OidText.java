// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.ber;

import java.io.ByteArrayOutputStream;
import org.bpfseal.verifier.bytes.Bytes;

/** Object identifiers as text, for messages. X.690, section 8.19. */
public final class OidText {
  private static final int LONGEST = 32;

  private OidText() {}

  /** Dotted decimal, or hex if the contents are not a short and well-formed identifier. */
  public static String of(Bytes contents) {
    if (contents.isEmpty() || contents.size() > LONGEST || contents.at(contents.size() - 1) > 127) {
      return contents.isEmpty() ? "an empty OID" : "OID " + contents;
    }
    StringBuilder text = new StringBuilder();
    long arc = 0;
    for (int i = 0; i < contents.size(); i++) {
      if (arc > Long.MAX_VALUE >> 7) {
        return "OID " + contents;
      }
      arc = arc << 7 | (contents.at(i) & 0x7f);
      if (contents.at(i) < 0x80) {
        appendArc(text, arc);
        arc = 0;
      }
    }
    return text.toString();
  }

  /** The contents octets of a dotted text. */
  static Bytes contents(String dotted) {
    String[] parts = dotted.split("\\.", -1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(out, Long.parseLong(parts[0]) * 40 + Long.parseLong(parts[1]));
    for (int i = 2; i < parts.length; i++) {
      write(out, Long.parseLong(parts[i]));
    }
    return Bytes.owning(out.toByteArray());
  }

  private static void appendArc(StringBuilder text, long arc) {
    if (text.isEmpty()) {
      long first = Math.min(arc / 40, 2);
      text.append(first).append('.').append(arc - first * 40);
    } else {
      text.append('.').append(arc);
    }
  }

  private static void write(ByteArrayOutputStream out, long arc) {
    for (int shift = 28; shift > 0; shift -= 7) {
      if (arc >> shift != 0) {
        out.write((int) (0x80 | (arc >> shift & 0x7f)));
      }
    }
    out.write((int) (arc & 0x7f));
  }
}
