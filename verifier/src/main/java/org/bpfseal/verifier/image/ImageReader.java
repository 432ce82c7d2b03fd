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
 * <p>{@code preload/archives.sh} compares it with the kernel itself.
 */
public final class ImageReader {
  private static final String FORMAT = "image";
  private static final int SEGMENTS_MOST = 64;

  private final Bytes file;
  private final RootTree tree = new RootTree();
  private final UnpackingRecord record = new UnpackingRecord();
  private final NewcUnpacker unpacker = new NewcUnpacker(tree, record);
  private final List<Image.Segment> segments = new ArrayList<>();
  private int left;
  private int at;

  /** Where the plain segment began that is being read; or -1. */
  private int plainFrom = -1;

  private int entriesBefore;

  private ImageReader(Bytes file, int most) {
    this.file = file;
    this.left = most;
  }

  /** Whether a file begins like an initrd, so that its faults are reported as one's. */
  public static boolean recognises(Bytes file) {
    return file.startsWith(Bytes.utf8("07070"))
        || Packing.of(file).filter(packing -> packing != Packing.NONE).isPresent();
  }

  /**
   * The image.
   *
   * @param most bytes that all packed segments together may become
   * @throws FormatException where the kernel would print a fault and keep what it has unpacked so
   *     far; where it passes over something in silence that no honest tool writes; and where it
   *     isn't known what it does
   */
  public static Image read(Bytes file, int most) throws FormatException {
    Unpacking unpacking = unpack(file, most);
    Optional<FormatException> problem =
        unpacking.doubt().or(unpacking::fault).or(unpacking::oddity);
    if (problem.isPresent()) {
      throw problem.get();
    }
    if (unpacking.entries().isEmpty()) {
      throw new FormatException(FORMAT, FORMAT, 0, "expected an entry, found none");
    }
    return new Image(unpacking.segments(), unpacking.entries(), unpacking.tree());
  }

  /** What the kernel makes of any bytes. */
  public static Unpacking unpack(Bytes file, int most) {
    ImageReader reader = new ImageReader(file, most);
    reader.unpackAll();
    return new Unpacking(
        reader.segments,
        reader.record.entries(),
        reader.tree,
        reader.record.fault(),
        reader.record.doubt(),
        reader.record.oddity());
  }

  private void unpackAll() {
    while (at < file.size() && !record.isStopped()) {
      if (file.at(at) == '0' && unpacker.position() % 4 == 0) {
        plain();
      } else if (file.at(at) == 0) {
        at++;
        unpacker.moveTo(unpacker.position() + 1);
      } else {
        packed();
      }
    }
    endPlain();
    if (!record.isStopped()) {
      unpacker.end();
    }
  }

  private void plain() {
    if (plainFrom < 0) {
      begin();
      plainFrom = at;
    }
    at += unpacker.plain(file.from(at));
  }

  private void endPlain() {
    if (plainFrom >= 0) {
      add(Packing.NONE, plainFrom);
      plainFrom = -1;
    }
  }

  private void packed() {
    endPlain();
    begin();
    Bytes rest = file.from(at);
    Optional<Packing> packing = Packing.of(rest).filter(found -> found != Packing.NONE);
    if (packing.isEmpty()) {
      record.stop("packing", at, "expected an archive, packed or not, found " + rest);
      return;
    }
    int start = at;
    unpacker.moveTo(0);
    Pieces pieces = new Pieces(unpacker, record, left);
    String id = packing.get().id();
    switch (packing.get().unpack(rest, pieces)) {
      case UnpackResult.Whole whole -> use(id, whole.used());
      case UnpackResult.Broken broken ->
          record.stop(new FormatException(FORMAT, id, at, broken.problem()));
      case UnpackResult.Unknown unknown -> giveUp(id, "known bytes", unknown.problem());
    }
    if (pieces.isFull()) {
      giveUp(id, "at most " + left + " bytes unpacked", "more");
    }
    left -= pieces.size();
    add(packing.get(), start);
  }

  private void use(String id, long used) {
    if (used > file.size() - at) {
      giveUp(id, "a whole member", "the end, behind which the kernel reads on");
      return;
    }
    if (!unpacker.isBetween()) {
      record.stop(
          new FormatException(FORMAT, id, at, "expected whole entries, found the end in one"));
    }
    at += (int) used;
    unpacker.moveTo(at);
  }

  private void giveUp(String id, String expected, String found) {
    record.giveUp(new FormatException(FORMAT, id, at, "expected " + expected + ", found " + found));
  }

  private void begin() {
    entriesBefore = record.entries().size();
    record.segment(segments.size() + 1);
    if (segments.size() == SEGMENTS_MOST) {
      giveUp(FORMAT, "at most " + SEGMENTS_MOST + " segments", "more");
    }
  }

  private void add(Packing packing, int start) {
    int entries = record.entries().size() - entriesBefore;
    segments.add(new Image.Segment(packing, start, (long) at - start, entries));
  }
}
