// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;

/**
 * One line on a terminal that says how far long work is; it is redrawn a few times a second and
 * wiped at the end. Silent where standard output or error is no terminal.
 */
public final class ProgressLine implements AutoCloseable {
  private static final long INTERVAL_NANOS = 200_000_000;

  private final PrintWriter err;
  private final String unit;
  private final boolean visible;
  private long next = System.nanoTime() + INTERVAL_NANOS;
  private int width;

  private ProgressLine(PrintWriter err, String unit, boolean visible) {
    this.err = err;
    this.unit = unit;
    this.visible = visible;
  }

  /**
   * A line of that many units done of all.
   *
   * @param unit plural noun
   */
  public static ProgressLine on(PrintWriter err, String unit) {
    boolean terminal = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    return new ProgressLine(err, unit, terminal);
  }

  /** Redraws the line if that is due. */
  public void show(long done, long all) {
    if (visible && System.nanoTime() - next >= 0) {
      String text = done + " of " + all + " " + unit + " (" + done * 100 / Math.max(1, all) + " %)";
      draw(text);
      next = System.nanoTime() + INTERVAL_NANOS;
    }
  }

  @Override
  public void close() {
    if (width > 0) {
      draw("");
    }
  }

  private void draw(String text) {
    err.print('\r' + text + " ".repeat(Math.max(0, width - text.length())) + '\r' + text);
    err.flush();
    width = text.length();
  }
}
