// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.manifest;

import java.util.regex.Pattern;

/** What a word of the manifest may look like. */
final class WordShape {
  /** Of a program, a link, a tracepoint: bpffs allows no dot. */
  static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]{0,62}");

  static final Pattern CERTIFICATE_FILE =
      Pattern.compile("(?=.{1,63}$)[A-Za-z0-9_][A-Za-z0-9_.-]*\\.der");

  /** Of a map or a BPF program: bpf_obj_name_cpy() of kernel/bpf/syscall.c. */
  static final Pattern OBJECT_NAME = Pattern.compile("[A-Za-z0-9_.]{1,15}");

  static final Pattern FUNCTION = Pattern.compile("[A-Za-z0-9_.]{1,255}");
  static final Pattern DEVICE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,14}");
  static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,9}");
  private static final Pattern SIGNED_NUMBER = Pattern.compile("0|-?[1-9][0-9]{0,9}");

  private WordShape() {}

  static boolean is(String word, Pattern shape) {
    return shape.matcher(word).matches();
  }

  /** Whether it is a decimal number in its shortest spelling, within the bounds. */
  static boolean isNumber(String word, long least, long most) {
    return isWithin(word, NUMBER, least, most);
  }

  static boolean isSignedNumber(String word) {
    return isWithin(word, SIGNED_NUMBER, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  private static boolean isWithin(String word, Pattern shape, long least, long most) {
    return is(word, shape) && Long.parseLong(word) >= least && Long.parseLong(word) <= most;
  }

  /** Whether it is an absolute path in its shortest spelling, not the root. */
  static boolean isPath(String word) {
    if (!word.startsWith("/")) {
      return false;
    }
    for (String part : word.substring(1).split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        return false;
      }
    }
    return true;
  }
}
