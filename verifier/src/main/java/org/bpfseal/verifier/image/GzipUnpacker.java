// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.image;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * Unpacks one gzip member as {@code __gunzip} of lib/decompress_inflate.c does at 7.3: of the
 * header's flags it knows the name only, takes all behind that for packed bytes, and looks at
 * neither check sum nor size behind them.
 */
final class GzipUnpacker {
  private static final int HEADER = 10;
  private static final int METHOD = 2;
  private static final int DEFLATE = 8;
  private static final int FLAGS = 3;
  private static final int NAMED = 8;
  private static final int TRAILER = 8;
  private static final int PIECE = 1 << 15;

  private GzipUnpacker() {}

  static UnpackResult unpack(Bytes packed, Pieces out) {
    if (packed.size() < HEADER || packed.at(METHOD) != DEFLATE) {
      return new UnpackResult.Broken("expected a gzip header, found none");
    }
    int begin = HEADER;
    if ((packed.at(FLAGS) & NAMED) != 0) {
      begin = packed.indexOf(0, HEADER) + 1;
      if (begin == 0) {
        return new UnpackResult.Broken("expected the end of the name, found the end");
      }
    }
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(packed.from(begin).buffer());
      String problem = inflate(inflater, out);
      return problem.isEmpty()
          ? new UnpackResult.Whole(begin + inflater.getBytesRead() + TRAILER)
          : new UnpackResult.Broken(problem);
    } finally {
      inflater.end();
    }
  }

  /** What is wrong with the packed bytes; what could be unpacked before is handed on. */
  private static String inflate(Inflater inflater, Pieces out) {
    byte[] piece = new byte[PIECE];
    while (!inflater.finished()) {
      if (inflater.getRemaining() == 0) {
        return "expected more packed bytes, found the end";
      }
      long before = inflater.getBytesWritten();
      String problem = "";
      try {
        inflater.inflate(piece);
      } catch (DataFormatException e) {
        problem = "expected deflated bytes, found others: " + e.getMessage();
      }
      int size = (int) (inflater.getBytesWritten() - before);
      boolean more = size == 0 || out.take(piece, size);
      if (!more || !problem.isEmpty()) {
        return problem;
      }
    }
    return "";
  }
}
