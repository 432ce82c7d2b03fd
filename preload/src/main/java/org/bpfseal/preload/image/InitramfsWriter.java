// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveOutputStream;
import org.apache.commons.compress.archivers.cpio.CpioConstants;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * Writes files as a newc archive that the kernel unpacks into its first root.
 *
 * <p>The same files give the same bytes, wherever and whenever: entries are sorted by path, each
 * folder comes before what is in it, owner and time are 0, inode numbers count from 721 and the
 * device is 3:1. These are the numbers of the kernel's own {@code usr/gen_init_cpio.c}, whose
 * archive of the same list is equal but for the case of its hex digits. The size is a multiple of
 * 512, so that a further segment may follow.
 */
public final class InitramfsWriter {
  private static final int FIRST_INODE = 721;
  private static final int FOLDER_MODE = CpioConstants.C_ISDIR | 0755;
  private static final int FILE_MODE = CpioConstants.C_ISREG | 0644;
  private static final int EXECUTABLE_MODE = CpioConstants.C_ISREG | 0755;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CpioArchiveOutputStream archive = new CpioArchiveOutputStream(bytes);
  private int inode = FIRST_INODE;

  private InitramfsWriter() {}

  /**
   * The archive.
   *
   * @throws IllegalArgumentException if a path is there twice, or is a folder of another one
   */
  public static Bytes write(List<ImageFile> files) {
    SortedMap<String, ImageFile> sorted = new TreeMap<>();
    for (ImageFile file : files) {
      if (sorted.put(file.path(), file) != null) {
        throw new IllegalArgumentException("twice in the image: " + file.path());
      }
    }
    try {
      return new InitramfsWriter().writeSorted(sorted);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Bytes writeSorted(SortedMap<String, ImageFile> files) throws IOException {
    SortedSet<String> paths = new TreeSet<>(files.keySet());
    for (String path : files.keySet()) {
      for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
        String folder = path.substring(0, slash);
        if (files.containsKey(folder)) {
          throw new IllegalArgumentException("file and folder in the image: " + folder);
        }
        paths.add(folder);
      }
    }
    for (String path : paths) {
      ImageFile file = files.get(path);
      if (file == null) {
        append(path, FOLDER_MODE, 2, Bytes.EMPTY);
      } else {
        append(path, file.executable() ? EXECUTABLE_MODE : FILE_MODE, 1, file.content());
      }
    }
    archive.finish();
    return Bytes.owning(bytes.toByteArray());
  }

  private void append(String path, int mode, int links, Bytes content) throws IOException {
    CpioArchiveEntry entry = new CpioArchiveEntry(CpioConstants.FORMAT_NEW, path, content.size());
    entry.setMode(mode);
    entry.setInode(inode++);
    entry.setDeviceMaj(3);
    entry.setDeviceMin(1);
    entry.setNumberOfLinks(links);
    archive.putArchiveEntry(entry);
    archive.write(content.toArray());
    archive.closeArchiveEntry();
  }
}
