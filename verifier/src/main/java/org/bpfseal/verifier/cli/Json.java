// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.util.List;
import java.util.Map;

/**
 * Renders the answers of {@code --json}: maps, lists, texts, whole numbers and booleans as RFC 8259
 * text, in the order given.
 */
public final class Json {
  private final StringBuilder out = new StringBuilder();

  private Json() {}

  /**
   * One value as text, indented by two blanks.
   *
   * @throws IllegalArgumentException if it holds something else than named above
   */
  public static String of(Object value) {
    Json json = new Json();
    json.value(value, "\n");
    return json.out.toString();
  }

  private void value(Object value, String newLine) {
    switch (value) {
      case Map<?, ?> map -> object(map, newLine);
      case List<?> list -> array(list, newLine);
      case String text -> text(text);
      case Integer number -> out.append(number);
      case Long number -> out.append(number);
      case Boolean truth -> out.append(truth);
      default -> throw new IllegalArgumentException("not JSON: " + value.getClass());
    }
  }

  private void object(Map<?, ?> map, String newLine) {
    if (map.isEmpty()) {
      out.append("{}");
      return;
    }
    String separator = "{";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(separator).append(newLine).append("  ");
      text((String) entry.getKey());
      out.append(": ");
      value(entry.getValue(), newLine + "  ");
      separator = ",";
    }
    out.append(newLine).append('}');
  }

  private void array(List<?> list, String newLine) {
    if (list.isEmpty()) {
      out.append("[]");
      return;
    }
    String separator = "[";
    for (Object element : list) {
      out.append(separator).append(newLine).append("  ");
      value(element, newLine + "  ");
      separator = ",";
    }
    out.append(newLine).append(']');
  }

  private void text(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20 || c == 0x7f || Character.isSurrogate(c)) {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
