// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.image;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.bpfseal.verifier.bytes.Bytes;

/** Bytes as a stream, without a copy of them. */
final class BytesStream extends InputStream {
  private final ByteBuffer left;

  BytesStream(Bytes bytes) {
    left = bytes.buffer();
    left.mark();
  }

  @Override
  public int read() {
    return left.hasRemaining() ? left.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length > 0 && !left.hasRemaining()) {
      return -1;
    }
    int count = Math.min(length, left.remaining());
    left.get(target, offset, count);
    return count;
  }

  @Override
  public int available() {
    return left.remaining();
  }

  @Override
  public boolean markSupported() {
    return true;
  }

  @Override
  public synchronized void mark(int limit) {
    left.mark();
  }

  @Override
  public synchronized void reset() {
    left.reset();
  }
}
