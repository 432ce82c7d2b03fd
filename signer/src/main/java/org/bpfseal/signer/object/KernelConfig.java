// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.object;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * A kernel configuration as the kernel's build and {@code /boot/config-RELEASE} have it: lines
 * {@code CONFIG_NAME=value}; all others are comments. The first line of a name counts.
 *
 * @param values by name, as written
 */
public record KernelConfig(Map<String, String> values) {
  private static final String PREFIX = "CONFIG_";

  /** Copies the map. */
  public KernelConfig {
    values = Map.copyOf(values);
  }

  /**
   * Reads a file.
   *
   * @throws FormatException if a line begins with {@code CONFIG_} and gives no value
   */
  public static KernelConfig read(Bytes file) throws FormatException {
    Map<String, String> values = new HashMap<>();
    int at = 0;
    while (at < file.size()) {
      int newLine = file.indexOf('\n', at);
      int end = newLine < 0 ? file.size() : newLine;
      String line = file.slice(at, end).toUtf8();
      if (line.startsWith(PREFIX)) {
        int sign = line.indexOf('=');
        if (sign < 0 || sign == line.length() - 1) {
          throw new FormatException(
              "kernel config", "line", at, "expected NAME=VALUE, found no value");
        }
        values.putIfAbsent(line.substring(0, sign), line.substring(sign + 1));
      }
      at = end + 1;
    }
    return new KernelConfig(values);
  }

  /** The value of an option; none if it isn't set. */
  public Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }
}
