// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.bytes;

/**
 * The one exception of every reader: the bytes are not of the format.
 *
 * <p>The message has one shape: {@code <format>: <path> at byte <offset>: expected …, found …}.
 */
public final class FormatException extends Exception {
  private final String format;
  private final String path;
  private final long offset;
  private final String problem;

  /**
   * @param format the format's short name, such as {@code ELF} or {@code BTF}
   * @param path where in the structure, parts separated by {@code " / "}
   * @param offset absolute offset in bytes from the start of the input
   * @param problem what was expected and what was found
   */
  public FormatException(String format, String path, long offset, String problem) {
    super(format + ": " + path + " at byte " + offset + ": " + problem);
    this.format = format;
    this.path = path;
    this.offset = offset;
    this.problem = problem;
  }

  public String format() {
    return format;
  }

  public String path() {
    return path;
  }

  public long offset() {
    return offset;
  }

  public String problem() {
    return problem;
  }
}
