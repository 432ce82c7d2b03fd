// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.judge;

import java.nio.ByteOrder;
import java.util.Optional;
import org.bpfseal.verifier.bytes.ByteReader;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * Reads a corpus, one case at a time.
 *
 * <p>Little-endian, no padding: {@code "SIGLAB1\n"} ‖ u32 blobs ‖ for each u32 length, bytes ‖ u32
 * cases ‖ for each u32 id, u8 kind, u8 flags, u16 certificates, u32 blob of each, and for kind 0
 * (load) u32 blob of the instructions, u32 blob of the signature, u32 signature_size, s32
 * keyring_id. Kind 1 only adds keys; bit 0 of the flags makes the signature pointer NULL. Bytes
 * behind the last case are refused. Not for several threads.
 */
final class CorpusReader {
  private static final Bytes MAGIC = Bytes.utf8("SIGLAB1\n");
  private static final int LOAD = 0;
  private static final int KEYS_ONLY = 1;
  private static final int SIGNATURE_IS_NULL = 1;

  private final ByteReader in;
  private final Bytes[] blobs;
  private final long count;
  private long read;

  private CorpusReader(ByteReader in, Bytes[] blobs, long count) {
    this.in = in;
    this.blobs = blobs;
    this.count = count;
  }

  /** Reads up to the first case. */
  static CorpusReader of(Bytes corpus) throws FormatException {
    ByteReader in = ByteReader.of("corpus", corpus, ByteOrder.LITTLE_ENDIAN);
    if (!corpus.startsWith(MAGIC)) {
      throw in.fail("expected \"SIGLAB1\" and a newline, found something else");
    }
    in.skip(MAGIC.size());
    long wanted = in.u32();
    if (wanted > in.remaining() / Integer.BYTES) {
      throw in.fail("expected " + wanted + " blobs, found " + in.remaining() + " bytes");
    }
    Bytes[] blobs = new Bytes[(int) wanted];
    for (int i = 0; i < blobs.length; i++) {
      blobs[i] = in.bytes(in.u32());
    }
    return new CorpusReader(in, blobs, in.u32());
  }

  Bytes[] blobs() {
    return blobs;
  }

  /** Cases in the corpus. */
  long count() {
    return count;
  }

  /** The next case, or nothing behind the last one. */
  Optional<CorpusCase> next() throws FormatException {
    if (read == count) {
      if (!in.atEnd()) {
        throw in.fail("expected the end, found " + in.remaining() + " more bytes");
      }
      return Optional.empty();
    }
    read++;
    return Optional.of(readCase());
  }

  private CorpusCase readCase() throws FormatException {
    long id = in.u32();
    int kind = in.u8();
    int flags = in.u8();
    if (kind != LOAD && kind != KEYS_ONLY) {
      throw in.failAt(in.position() - 2L, "expected kind 0 or 1, found " + kind);
    }
    if (flags > SIGNATURE_IS_NULL) {
      throw in.failAt(in.position() - 1L, "expected flags 0 or 1, found " + flags);
    }
    int[] certificates = new int[in.u16()];
    for (int i = 0; i < certificates.length; i++) {
      certificates[i] = blob();
    }
    if (kind == KEYS_ONLY) {
      return new CorpusCase(id, list(certificates), Optional.empty());
    }
    CorpusCase.Load load = new CorpusCase.Load(blob(), blob(), flags == 0, in.u32(), in.i32());
    return new CorpusCase(id, list(certificates), Optional.of(load));
  }

  private int blob() throws FormatException {
    long index = in.u32();
    if (index >= blobs.length) {
      throw in.failAt(
          in.position() - 4L, "expected a blob below " + blobs.length + ", found " + index);
    }
    return (int) index;
  }

  private static CorpusCase.Blobs list(int[] indices) {
    return new CorpusCase.Blobs() {
      @Override
      public int size() {
        return indices.length;
      }

      @Override
      public int get(int position) {
        return indices[position];
      }
    };
  }
}
