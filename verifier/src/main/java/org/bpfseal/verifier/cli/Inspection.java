// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a file is and holds, as lines for the terminal and the same as records for JSON.
 *
 * @param kind what it is, such as {@code signed program}
 */
record Inspection(String kind, List<Row> rows) {
  /** Copies the list. */
  Inspection {
    rows = List.copyOf(rows);
  }

  /**
   * One thing in it.
   *
   * @param label what it is: {@code map}, {@code program} …
   * @param cells what the terminal shows
   * @param fields what JSON holds, in order
   */
  record Row(String label, List<String> cells, Map<String, Object> fields) {
    /** The row as JSON, whose first field says what it is. */
    Map<String, Object> json() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("item", label);
      json.putAll(fields);
      return json;
    }

    /** The row with one more value before the others. */
    Row withFirst(String name, String value) {
      List<String> longer = new ArrayList<>(List.of(value));
      longer.addAll(cells);
      Map<String, Object> more = Inspection.fields(name, value);
      more.putAll(fields);
      return new Row(label, longer, more);
    }

    List<String> line() {
      List<String> line = new ArrayList<>();
      line.add(label);
      line.addAll(cells);
      return line;
    }
  }

  /** Collects fields in order. */
  static Map<String, Object> fields(Object... namesAndValues) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return fields;
  }
}
