// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.lz4.BlockLZ4CompressorOutputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorOutputStream;
import org.bpfseal.verifier.bytes.Bytes;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.LZMAOutputStream;
import org.tukaani.xz.XZ;
import org.tukaani.xz.XZOutputStream;

/**
 * The kernel's packings, each in the shapes that the usual tools write and some that they don't.
 */
enum OddPacking {
  GZIP,
  GZIP_NAMED,
  GZIP_EXTRA,
  GZIP_BAD_SUM,
  BZIP2,
  LZMA,
  LZMA_SIZED,
  XZ_CRC32,
  XZ_CRC64,
  XZ_NO_CHECK,
  LZO_STORED,
  LZ4_LEGACY,
  ZSTD,
  ZSTD_SUMMED;

  private static final int LZO_BLOCK = 256 << 10;
  private static final List<OddPacking> USUAL =
      List.of(GZIP, GZIP_NAMED, GZIP_EXTRA, GZIP_BAD_SUM, XZ_CRC32, XZ_NO_CHECK, ZSTD, ZSTD_SUMMED);

  /** Mostly one of those that the mirror can unpack. */
  static OddPacking any(RandomGenerator random) {
    List<OddPacking> from = random.nextInt(100) < 85 ? USUAL : List.of(values());
    return from.get(random.nextInt(from.size()));
  }

  Bytes pack(Bytes content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      pack(content, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Bytes.owning(out.toByteArray());
  }

  private void pack(Bytes content, ByteArrayOutputStream out) throws IOException {
    switch (this) {
      case GZIP, GZIP_NAMED, GZIP_EXTRA, GZIP_BAD_SUM -> gzip(content, out);
      case BZIP2 -> write(content, new BZip2CompressorOutputStream(out, 1));
      case LZMA -> write(content, new LZMAOutputStream(out, new LZMA2Options(0), -1));
      case LZMA_SIZED ->
          write(content, new LZMAOutputStream(out, new LZMA2Options(0), content.size()));
      case XZ_CRC32 -> write(content, new XZOutputStream(out, options(), XZ.CHECK_CRC32));
      case XZ_CRC64 -> write(content, new XZOutputStream(out, options(), XZ.CHECK_CRC64));
      case XZ_NO_CHECK -> write(content, new XZOutputStream(out, options(), XZ.CHECK_NONE));
      case LZO_STORED -> lzo(content, out);
      case LZ4_LEGACY -> lz4(content, out);
      case ZSTD -> write(content, ZstdCompressorOutputStream.builder().setOutputStream(out).get());
      case ZSTD_SUMMED ->
          write(
              content,
              ZstdCompressorOutputStream.builder().setOutputStream(out).setChecksum(true).get());
    }
  }

  private static LZMA2Options options() throws IOException {
    return new LZMA2Options(0);
  }

  private static void write(Bytes content, OutputStream packing) throws IOException {
    try (packing) {
      packing.write(content.toArray());
    }
  }

  private void gzip(Bytes content, ByteArrayOutputStream out) throws IOException {
    int flags = this == GZIP_NAMED ? 8 : this == GZIP_EXTRA ? 4 : 0;
    out.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, (byte) flags, 0, 0, 0, 0, 0, 3});
    if (this == GZIP_NAMED) {
      out.writeBytes(Bytes.utf8("name\0").toArray());
    } else if (this == GZIP_EXTRA) {
      out.writeBytes(new byte[] {1, 0, 0});
    }
    Deflater deflater = new Deflater(6, true);
    try (DeflaterOutputStream packing = new DeflaterOutputStream(out, deflater)) {
      packing.write(content.toArray());
    } finally {
      deflater.end();
    }
    CRC32 sum = new CRC32();
    sum.update(content.toArray());
    number(out, this == GZIP_BAD_SUM ? ~sum.getValue() : sum.getValue(), false);
    number(out, content.size(), false);
  }

  /** lzop's frame; a block that is as long packed as unpacked is taken as it is. */
  private static void lzo(Bytes content, ByteArrayOutputStream out) {
    out.writeBytes(Bytes.hex("894c5a4f000d0a1a0a" + "1030" + "20a0" + "0940" + "0105").toArray());
    out.writeBytes(new byte[4 + 4 + 4 + 4 + 1 + 4]);
    for (int at = 0; at < content.size(); at += LZO_BLOCK) {
      Bytes block = content.slice(at, Math.min(at + LZO_BLOCK, content.size()));
      number(out, block.size(), true);
      number(out, block.size(), true);
      number(out, 0, true);
      out.writeBytes(block.toArray());
    }
    number(out, 0, true);
  }

  private static void lz4(Bytes content, ByteArrayOutputStream out) throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    if (content.isEmpty()) {
      block.write(0);
    } else {
      write(content, new BlockLZ4CompressorOutputStream(block));
    }
    out.writeBytes(Bytes.hex("02214c18").toArray());
    number(out, block.size(), false);
    block.writeTo(out);
  }

  private static void number(ByteArrayOutputStream out, long number, boolean bigEndian) {
    for (int i = 0; i < 4; i++) {
      out.write((int) (number >> (8 * (bigEndian ? 3 - i : i))));
    }
  }
}
