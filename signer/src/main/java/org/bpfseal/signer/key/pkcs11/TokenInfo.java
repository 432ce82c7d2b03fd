// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key.pkcs11;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a token says of itself: CK_TOKEN_INFO, texts padded with blanks.
 *
 * <pre>
 *     0  32  label
 *    32  32  manufacturer
 *    64  16  model
 *    80  16  serial number
 *    96   8  flags
 * </pre>
 */
record TokenInfo(
    long slot, String label, String manufacturer, String model, String serial, long flags) {
  /** Room for the whole structure, 204 bytes. */
  static final long SIZE = 256;

  private static final long LOGIN_REQUIRED = 0x4;
  private static final long PROTECTED_PATH = 0x100;
  private static final long INITIALIZED = 0x400;
  private static final long PIN_FINAL_TRY = 0x20000;
  private static final long PIN_LOCKED = 0x40000;

  static TokenInfo of(long slot, MemorySegment segment) {
    return new TokenInfo(
        slot,
        text(segment, 0, 32),
        text(segment, 32, 32),
        text(segment, 64, 16),
        text(segment, 80, 16),
        segment.get(JAVA_LONG_UNALIGNED, 96));
  }

  boolean matches(Pkcs11Uri uri) {
    return matches(uri.text("token"), label)
        && matches(uri.text("manufacturer"), manufacturer)
        && matches(uri.text("model"), model)
        && matches(uri.text("serial"), serial)
        && matches(uri.text("slot-id"), Long.toString(slot));
  }

  boolean isInitialized() {
    return (flags & INITIALIZED) != 0;
  }

  boolean needsLogin() {
    return (flags & LOGIN_REQUIRED) != 0;
  }

  /** The PIN is typed on the token itself. */
  boolean hasKeypad() {
    return (flags & PROTECTED_PATH) != 0;
  }

  boolean hasOneTryLeft() {
    return (flags & PIN_FINAL_TRY) != 0;
  }

  boolean isLocked() {
    return (flags & PIN_LOCKED) != 0;
  }

  String describe() {
    return "token \"" + label + "\" (serial " + serial + ")";
  }

  private static boolean matches(Optional<String> wanted, String found) {
    return wanted.isEmpty() || wanted.get().equals(found);
  }

  private static String text(MemorySegment segment, long offset, int size) {
    byte[] bytes = segment.asSlice(offset, size).toArray(JAVA_BYTE);
    return new String(bytes, StandardCharsets.UTF_8).stripTrailing().replace("\0", "");
  }
}
