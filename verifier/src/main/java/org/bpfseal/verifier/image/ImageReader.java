// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * Reads an initrd as the kernel unpacks it ({@code unpack_to_rootfs} of init/initramfs.c, 7.3):
 * plain and packed newc archives, one after the other, with zeros between them.
 *
 * <p>Where the kernel would print a fault and keep what it has unpacked so far, the whole image is
 * refused.
 */
public final class ImageReader {
  private static final String FORMAT = "image";
  private static final int SEGMENTS_MOST = 64;

  private final Bytes file;
  private final int most;
  private final List<Image.Segment> segments = new ArrayList<>();
  private final List<ImageEntry> entries = new ArrayList<>();
  private int at;

  private ImageReader(Bytes file, int most) {
    this.file = file;
    this.most = most;
  }

  /** Whether a file begins like an initrd, so that its faults are reported as one's. */
  public static boolean recognises(Bytes file) {
    return file.startsWith(Bytes.utf8("07070"))
        || Packing.of(file).filter(packing -> packing != Packing.NONE).isPresent();
  }

  /**
   * The image.
   *
   * @param most bytes that all segments together may become
   */
  public static Image read(Bytes file, int most) throws FormatException {
    ImageReader reader = new ImageReader(file, most);
    reader.readAll();
    return new Image(reader.segments, reader.entries);
  }

  private void readAll() throws FormatException {
    int left = most;
    while (at < file.size()) {
      if (file.at(at) == 0) {
        at++;
      } else if (file.at(at) == '0' && at % 4 == 0) {
        plain();
      } else {
        left -= packed(left);
      }
    }
    if (entries.isEmpty()) {
      throw new FormatException(FORMAT, FORMAT, 0, "expected an entry, found none");
    }
  }

  private void plain() throws FormatException {
    int start = at;
    NewcReader reader = new NewcReader(file, at, segments.size() + 1);
    at = reader.readAll();
    add(Packing.NONE, start, reader.entries());
  }

  private int packed(int left) throws FormatException {
    int start = at;
    Bytes rest = file.from(at);
    Optional<Packing> packing = Packing.of(rest).filter(found -> found != Packing.NONE);
    if (packing.isEmpty()) {
      throw new FormatException(
          FORMAT,
          "segment " + (segments.size() + 1),
          at,
          "expected an archive, packed or not, found " + rest);
    }
    Packing.Unpacked unpacked = packing.get().unpack(rest, at, left);
    NewcReader reader = new NewcReader(unpacked.content(), 0, segments.size() + 1);
    int end = reader.readAll();
    if (end != unpacked.content().size()) {
      throw new FormatException(
          FORMAT, packing.get().id(), at, "expected entries, found junk at unpacked byte " + end);
    }
    at += unpacked.used();
    add(packing.get(), start, reader.entries());
    return unpacked.content().size();
  }

  private void add(Packing packing, int start, List<ImageEntry> found) throws FormatException {
    if (segments.size() == SEGMENTS_MOST) {
      throw new FormatException(
          FORMAT, FORMAT, start, "expected at most " + SEGMENTS_MOST + " segments, found more");
    }
    segments.add(new Image.Segment(packing, start, (long) at - start, found.size()));
    entries.addAll(found);
  }
}
