// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * Reads the blocks of a PEM file.
 *
 * <p>A block is a line {@code -----BEGIN LABEL-----}, optionally header lines with a colon and an
 * empty line (RFC 1421, still written by OpenSSL for its old encryption), lines of base64, and a
 * line {@code -----END LABEL-----}. Text outside blocks is skipped, as RFC 7468 section 2 allows.
 * Refused: a block without its end or with another label's, and anything else than base64 in one.
 */
final class PemReader {
  private static final String FORMAT = "PEM";
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";
  private static final String CIPHER = "DEK-Info:";

  private final String text;
  private int position;
  private int lineStart;

  private PemReader(Bytes file) {
    // One char a byte, so that positions are byte offsets.
    text = new String(file.toArray(), StandardCharsets.ISO_8859_1);
  }

  /** Whether the file has a block at all; if not, it may be DER. */
  static boolean isPem(Bytes file) {
    return new PemReader(file).text.contains(BEGIN);
  }

  /** All blocks, in the file's order. */
  static List<PemBlock> read(Bytes file) throws FormatException {
    PemReader reader = new PemReader(file);
    List<PemBlock> blocks = new ArrayList<>();
    while (reader.position < reader.text.length()) {
      String line = reader.line();
      if (line.startsWith(BEGIN) && line.endsWith(DASHES) && line.length() > 16) {
        String label = line.substring(BEGIN.length(), line.length() - DASHES.length());
        blocks.add(reader.block(label, reader.lineStart));
      }
    }
    return blocks;
  }

  private PemBlock block(String label, int offset) throws FormatException {
    StringBuilder base64 = new StringBuilder();
    String cipher = "";
    while (position < text.length()) {
      String line = line();
      if (line.equals(END + label + DASHES)) {
        return new PemBlock(label, cipher, decode(base64.toString(), label, offset), offset);
      }
      if (line.startsWith(DASHES)) {
        throw fail(label, lineStart, "expected the end of this block, found another boundary");
      }
      if (line.indexOf(':') >= 0 && base64.isEmpty()) {
        if (line.startsWith(CIPHER)) {
          cipher = line.substring(CIPHER.length()).strip();
        } else if (cipher.isEmpty()
            && line.startsWith("Proc-Type:")
            && line.contains("ENCRYPTED")) {
          cipher = "not named";
        }
      } else {
        base64.append(line);
      }
    }
    throw fail(label, text.length(), "expected a line -----END, found the end of the file");
  }

  private static Bytes decode(String base64, String label, int offset) throws FormatException {
    try {
      return Bytes.owning(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      // The decoder's own message names a character of what may be a secret.
      throw fail(label, offset, "expected base64, found something else");
    }
  }

  /** The next line without its end and without blanks around it. */
  private String line() {
    lineStart = position;
    int end = text.indexOf('\n', position);
    int stop = end < 0 ? text.length() : end;
    position = end < 0 ? stop : end + 1;
    return text.substring(lineStart, stop).strip();
  }

  private static FormatException fail(String label, int offset, String problem) {
    String shown = label.length() > 40 ? label.substring(0, 40) + "…" : label;
    return new FormatException(FORMAT, shown, offset, problem);
  }
}
