// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.page;

/** Text as it stands in HTML and SVG, between tags and in quoted attributes. */
final class Markup {
  private static final int REPLACEMENT = 0xfffd;

  private Markup() {}

  /** The text with nothing in it that could be markup, turn the line's direction or be no text. */
  static String text(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(isText(c) ? c : REPLACEMENT);
              }
            });
    return out.toString();
  }

  private static boolean isText(int c) {
    return !Character.isISOControl(c)
        && Character.isDefined(c)
        && Character.getType(c) != Character.FORMAT
        && Character.getType(c) != Character.SURROGATE
        && Character.getType(c) != Character.PRIVATE_USE;
  }

  /** An element with text. */
  static String element(String name, String text) {
    return "<" + name + ">" + text(text) + "</" + name + ">";
  }
}
