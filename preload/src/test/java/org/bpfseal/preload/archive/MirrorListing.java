// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.archive;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bpfseal.preload.loader.LabProgram;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.image.RootEntry;
import org.bpfseal.verifier.image.Unpacking;

/** What the mirror says that a root has, as {@code list.c} would print it. */
final class MirrorListing {
  private static final int TYPE = 0170000;
  private static final int FILE = 0100000;
  private static final int HEAD = 64 << 10;

  private MirrorListing() {}

  /** The listing, if the lister is whole and can be started. */
  static Listing of(Unpacking unpacking, Bytes lister) {
    List<String> lines = new ArrayList<>();
    boolean[] listed = {false};
    unpacking.list(
        entry -> {
          lines.add(line(entry));
          listed[0] |=
              entry.path().equals("/" + OddArchives.LISTER)
                  && entry.content().equals(lister)
                  && (entry.mode() & 0111) != 0;
        });
    return new Listing(
        listed[0],
        unpacking.fault().isPresent(),
        listed[0] ? lines.stream().sorted().toList() : List.of());
  }

  private static String line(RootEntry entry) {
    return "%s %o %d %d %d %d %d:%d %s"
        .formatted(
            escaped(entry.path()),
            entry.mode(),
            entry.owner(),
            entry.group(),
            entry.links(),
            entry.size(),
            entry.major(),
            entry.minor(),
            (entry.mode() & TYPE) == FILE ? head(entry) : escaped(entry.target()))
        .stripTrailing();
  }

  private static String head(RootEntry entry) {
    Bytes content = entry.content();
    int size = (int) Math.min(entry.size(), HEAD);
    Bytes zeros = Bytes.owning(new byte[Math.max(0, size - content.size())]);
    Bytes written = content.slice(0, Math.min(size, content.size()));
    return LabProgram.sha256(Bytes.concat(written, zeros));
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (byte each : text.getBytes(StandardCharsets.ISO_8859_1)) {
      if (each > ' ' && each <= '~' && each != '\\') {
        escaped.append((char) each);
      } else {
        escaped.append("\\x%02x".formatted(each));
      }
    }
    return escaped.toString();
  }
}
