// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.keyring;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * Reads {@code /proc/keys}, one key a line: serial number, flags, uses, time left, permissions,
 * user, group, type, description. {@code proc_keys_show()} of security/keys/proc.c.
 *
 * <pre>3c98b3e1 I------     1 perm 1f0b0000     0     0 keyring   .builtin_trusted_keys: 2</pre>
 *
 * <p>Descriptions are printed as they are, line feeds too: what doesn't look like a key belongs to
 * the one before. So a line can be forged by whoever may add a key, and callers ask the kernel
 * about each serial number again.
 */
public final class KeyListReader {
  private static final Pattern KEY =
      Pattern.compile(
          "([0-9a-f]{8}) [I-][R-][D-][Q-][U-][N-][i-] {1,5}\\d{1,10} (?:perm|expd| {0,3}\\d{1,5}[smhdw])"
              + " [0-9a-f]{8} {1,5}-?\\d{1,10} {1,5}-?\\d{1,10} (\\S{1,9}) {1,9}(.*)",
          Pattern.DOTALL);

  private KeyListReader() {}

  /**
   * All keys in the order of the list.
   *
   * @throws FormatException if the first line is no key
   */
  public static List<ListedKey> read(Bytes list) throws FormatException {
    List<ListedKey> keys = new ArrayList<>();
    int start = 0;
    while (start < list.size()) {
      int newline = list.indexOf('\n', start);
      int end = newline < 0 ? list.size() : newline;
      Matcher key = KEY.matcher(text(list.slice(start, end)));
      if (key.matches()) {
        int serial = Integer.parseUnsignedInt(key.group(1), 16);
        Bytes description = list.slice(start + key.start(3), end);
        keys.add(new ListedKey(serial, key.group(2), description));
      } else if (keys.isEmpty()) {
        throw new FormatException(
            "key list", "line 1", start, "expected a key as /proc/keys has it");
      }
      start = end + 1;
    }
    return keys;
  }

  /** One character a byte, so that places in the text are offsets. */
  private static String text(Bytes line) {
    return new String(line.toArray(), StandardCharsets.ISO_8859_1);
  }
}
