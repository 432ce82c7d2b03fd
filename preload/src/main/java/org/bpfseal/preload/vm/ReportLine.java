// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.vm;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One fact of the boot loader's report: {@code bpfseal: t=SECONDS.mmm NOUN key=value ...}, see
 * {@code src/main/c/report.h}.
 *
 * @param milliseconds since the kernel started
 * @param noun what the fact is about
 * @param values without blanks, by key
 */
public record ReportLine(long milliseconds, String noun, Map<String, String> values) {
  private static final Pattern SHAPE =
      Pattern.compile(
          ".*?bpfseal: t=([0-9]{1,9})\\.([0-9]{3}) ([a-z]+)((?: [a-z]+=[!-~]+)*)[ \\r]*");

  /** Copies the values, keeps their order. */
  public ReportLine {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** The fact that a line of the console states, if it states one. */
  public static Optional<ReportLine> of(String consoleLine) {
    Matcher parts = SHAPE.matcher(consoleLine);
    if (!parts.matches()) {
      return Optional.empty();
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : parts.group(4).strip().split(" ", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        values.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    long milliseconds = Long.parseLong(parts.group(1)) * 1000 + Long.parseLong(parts.group(2));
    return Optional.of(new ReportLine(milliseconds, parts.group(3), values));
  }

  /** A value, or the empty text. */
  public String value(String key) {
    return values.getOrDefault(key, "");
  }

  /** A value that counts something; 0 if it doesn't. */
  public int count(String key) {
    String value = value(key);
    return value.matches("[0-9]{1,6}") ? Integer.parseInt(value) : 0;
  }
}
