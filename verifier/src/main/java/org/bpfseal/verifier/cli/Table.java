// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Lines whose columns line up, two blanks apart. Texts from untrusted files are made printable: no
 * control character reaches the terminal.
 */
public final class Table {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  /** A number and its noun. */
  public static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /** Adds a row. */
  public Table row(String... cells) {
    add(List.of(cells));
    return this;
  }

  void add(List<String> cells) {
    rows.add(cells.stream().map(Table::printable).toList());
  }

  void print(PrintWriter out, String indent) {
    out.print(text(indent));
  }

  /** All rows, a line each. */
  @Override
  public String toString() {
    return text("");
  }

  private String text(String indent) {
    List<Integer> widths = new ArrayList<>();
    for (List<String> row : rows) {
      for (int i = 0; i < row.size() - 1; i++) {
        int width = row.get(i).length();
        if (i == widths.size()) {
          widths.add(width);
        } else {
          widths.set(i, Math.max(width, widths.get(i)));
        }
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder(indent);
      for (int i = 0; i < row.size(); i++) {
        String cell = row.get(i);
        boolean last = i == row.size() - 1;
        line.append(cell).append(last ? "" : " ".repeat(widths.get(i) - cell.length()) + GAP);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /** Control characters and what isn't assigned as C escapes. */
  static String printable(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (Character.isISOControl(c)
                  || Character.getType(c) == Character.FORMAT
                  || !Character.isDefined(c)) {
                out.append("\\u{%x}".formatted(c));
              } else {
                out.appendCodePoint(c);
              }
            });
    return out.toString();
  }
}
