// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * The bytes that a signature covers, handed out piece by piece: a large file needs no more memory
 * than a small one.
 */
public sealed interface Payload {
  /** Most bytes in a piece. */
  int PIECE = 1 << 16;

  /** What takes the pieces, in order. */
  @FunctionalInterface
  interface Sink<E extends Exception> {
    /** Takes a part of an array, which is not kept. */
    void take(byte[] array, int from, int length) throws E;
  }

  /** Bytes in memory. */
  record InMemory(Bytes bytes) implements Payload {
    @Override
    public long size() {
      return bytes.size();
    }

    @Override
    public <E extends Exception> void feed(Sink<E> sink) throws E {
      for (int at = 0; at < bytes.size(); at += PIECE) {
        byte[] piece = bytes.slice(at, Math.min(bytes.size(), at + PIECE)).toArray();
        sink.take(piece, 0, piece.length);
      }
    }
  }

  /**
   * A file, which is read anew each time.
   *
   * @param size that it had when it was opened first
   */
  record InFile(Path file, long size) implements Payload {
    /**
     * Reads the file.
     *
     * @throws UncheckedIOException if it can't be read, or isn't as long as it was
     */
    @Override
    public <E extends Exception> void feed(Sink<E> sink) throws E {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        long total = 0;
        for (int read = channel.read(piece); read >= 0; read = channel.read(piece.clear())) {
          total += read;
          sink.take(piece.array(), 0, read);
        }
        if (total != size) {
          throw new IOException(file + " changed while it was read");
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** These bytes. */
  static Payload of(Bytes bytes) {
    return new InMemory(bytes);
  }

  /** Number of bytes. */
  long size();

  /** Gives all bytes to {@code sink}. */
  <E extends Exception> void feed(Sink<E> sink) throws E;

  /**
   * All bytes at once.
   *
   * @throws UncheckedIOException if they don't fit into one array
   */
  default Bytes bytes() {
    if (size() > Integer.MAX_VALUE - 8) {
      throw new UncheckedIOException(new IOException("a payload of " + size() + " bytes at once"));
    }
    ByteBuffer all = ByteBuffer.allocate((int) size());
    feed(all::put);
    return Bytes.owning(all.array());
  }
}
