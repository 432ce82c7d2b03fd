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
 * Reads a list of blacklisted hashes, as CONFIG_SYSTEM_BLACKLIST_HASH_LIST has them: {@code
 * tbs:HEX} of a certificate's signed part or {@code bin:HEX} of a whole file, in double quotes or
 * not, separated by commas or blanks; from {@code #} to the end of a line is a comment.
 *
 * <p>HEX is lower case, of an even number of at most 128 digits: {@code
 * blacklist_vet_description()} of certs/blacklist.c.
 */
public final class BlacklistReader {
  private static final String FORMAT = "blacklist";
  private static final Pattern GAP = Pattern.compile("(?:[\\s,]|#[^\\n]*+)*+");
  private static final Pattern WORD = Pattern.compile("\"([^\"\\s,#]*+)\"|([^\"\\s,#]++)");
  private static final Pattern ENTRY = Pattern.compile("(?:tbs|bin):(?:[0-9a-f]{2}){1,64}");

  private BlacklistReader() {}

  /** True for what begins as an entry does. */
  public static boolean recognises(String text) {
    return text.startsWith("tbs:") || text.startsWith("bin:");
  }

  /**
   * The entries in their order, as the kernel describes them.
   *
   * @throws FormatException at the first word that is no entry
   */
  public static List<String> read(Bytes file) throws FormatException {
    // One character a byte, so that places in the text are offsets.
    String text = new String(file.toArray(), StandardCharsets.ISO_8859_1);
    List<String> entries = new ArrayList<>();
    Matcher gap = GAP.matcher(text);
    Matcher word = WORD.matcher(text);
    int at = 0;
    while (gap.find(at) && gap.end() < text.length()) {
      at = gap.end();
      boolean found = word.find(at) && word.start() == at;
      String entry = !found ? "" : word.group(1) == null ? word.group(2) : word.group(1);
      if (!ENTRY.matcher(entry).matches()) {
        throw new FormatException(
            FORMAT, "entry " + entries.size(), at, "expected tbs: or bin: and lower-case hex");
      }
      entries.add(entry);
      at = word.end();
    }
    return entries;
  }
}
