// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A password or PIN in memory, wiped when it is closed.
 *
 * <p>What the JDK or a library makes of it can't be wiped from here; nor can an environment
 * variable, which is a {@code String} of the JVM from the start.
 */
public final class Secret implements AutoCloseable {
  /** What is done with a secret's bytes, which are wiped afterwards. */
  @FunctionalInterface
  public interface Use<E extends Exception> {
    void with(byte[] utf8) throws E;
  }

  private final char[] chars;

  /** Takes the array over. */
  public Secret(char[] chars) {
    this.chars = chars;
  }

  /** A secret of UTF-8 bytes, which are wiped; one line end behind them is left out. */
  static Secret ofUtf8(byte[] bytes) {
    int length = bytes.length;
    if (length > 0 && bytes[length - 1] == '\n') {
      length--;
    }
    if (length > 0 && bytes[length - 1] == '\r') {
      length--;
    }
    CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes, 0, length));
    char[] chars = new char[decoded.remaining()];
    decoded.get(chars).flip();
    decoded.put(new char[chars.length]);
    Arrays.fill(bytes, (byte) 0);
    return new Secret(chars);
  }

  /** Another one of the same characters. */
  public Secret copy() {
    return new Secret(chars.clone());
  }

  /** The characters themselves, not a copy. */
  char[] chars() {
    return chars;
  }

  /** Lends the UTF-8 bytes. */
  public <E extends Exception> void useUtf8(Use<E> use) throws E {
    ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(chars));
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes).flip();
    encoded.put(new byte[bytes.length]);
    try {
      use.with(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  @Override
  public void close() {
    Arrays.fill(chars, '\0');
  }

  @Override
  public String toString() {
    return "a secret";
  }
}
