// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;
import org.bpfseal.testing.Lab;
import org.tukaani.xz.XZInputStream;

/**
 * Debian's kernel unpacked beforehand: QEMU starts it by its PVH note, so that an emulated machine
 * needn't unpack it at each boot, which takes a third of the time.
 *
 * <p>The packed kernel's place is in the header of the boot image: {@code setup_sects} at 0x1f1,
 * {@code payload_offset} at 0x248, {@code payload_length} at 0x24c
 * (Documentation/arch/x86/boot.rst).
 */
final class BareKernel {
  private static final int SECTOR = 512;

  /** The unpacked size, which stands behind the packed bytes. */
  private static final int UNPACKED_SIZE = 4;

  private static final int XZ_MAGIC = 0xfd;

  private BareKernel() {}

  /** Writes the kernel's ELF file to {@code out}. */
  static Path unpack(String release, Path out) {
    try {
      byte[] image = Files.readAllBytes(Lab.kernel(release));
      ByteBuffer header = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
      int at = ((header.get(0x1f1) & 0xff) + 1) * SECTOR + header.getInt(0x248);
      int size = header.getInt(0x24c) - UNPACKED_SIZE;
      try (InputStream in = unpacking(new ByteArrayInputStream(image, at, size), image[at])) {
        Files.copy(in, out);
      }
      return out;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream unpacking(InputStream packed, int first) throws IOException {
    return (first & 0xff) == XZ_MAGIC
        ? new XZInputStream(packed)
        : new ZstdCompressorInputStream(packed);
  }
}
