// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import java.nio.ByteOrder;
import java.util.Optional;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * A kernel module taken apart: the module proper, then the message.
 *
 * <p>The file ends with the message ‖ 12 bytes (algorithm, hash, id type 2, two lengths and
 * padding, all zero, then the message's length as a big-endian u32) ‖ 28 bytes of marker. Mirrors
 * kernel/module_signature.c and kernel/module/signing.c.
 */
record ModuleTrailer(Bytes module, Bytes message) {
  private static final Bytes MARKER = Bytes.utf8("~Module signature appended~\n");
  private static final int SIZE = 12;
  private static final int ID_TYPE = 2;
  private static final int PKCS7 = 2;
  private static final int LENGTH = 8;
  private static final String PATH = "module / trailer";

  /** Empty for a file without marker, which is an unsigned module. */
  static Optional<ModuleTrailer> read(Bytes file) throws Refusal {
    int marker = file.size() - MARKER.size();
    if (marker <= 0 || !file.from(marker).equals(MARKER)) {
      return Optional.empty();
    }
    if (marker <= SIZE) {
      throw Refusal.at(Check.MODULE_TRUNCATED, PATH, 0, marker);
    }
    int start = marker - SIZE;
    Bytes trailer = file.slice(start, marker);
    long length = trailer.u32(LENGTH, ByteOrder.BIG_ENDIAN);
    if (length >= start) {
      throw Refusal.at(Check.MODULE_TRUNCATED, PATH, start + LENGTH, start);
    }
    requireFields(trailer, start);
    int message = start - (int) length;
    return Optional.of(new ModuleTrailer(file.slice(0, message), file.slice(message, start)));
  }

  private static void requireFields(Bytes trailer, int start) throws Refusal {
    if (trailer.at(ID_TYPE) != PKCS7) {
      throw Refusal.at(Check.MODULE_ID_TYPE, PATH, start + ID_TYPE, trailer.at(ID_TYPE));
    }
    for (int i = 0; i < LENGTH; i++) {
      if (i != ID_TYPE && trailer.at(i) != 0) {
        throw Refusal.at(Check.MODULE_FIELDS, PATH, start + i, i);
      }
    }
  }
}
