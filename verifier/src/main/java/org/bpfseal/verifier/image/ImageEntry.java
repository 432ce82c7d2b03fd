// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.image;

import org.bpfseal.verifier.bytes.Bytes;

/**
 * One entry that the kernel unpacks.
 *
 * @param path from the root in its shortest spelling, without a leading slash; the root is empty
 * @param mode type and permissions, as {@code st_mode}
 * @param links 2 or more: further entries of the same inode are the same file
 * @param content of a file; of a symbolic link, where it leads
 * @param segment the number of the segment, from 1
 * @param offset of the entry in its unpacked segment, in bytes
 */
public record ImageEntry(
    String path, int mode, long links, Bytes content, int segment, long offset) {
  private static final int TYPE = 0170000;
  private static final int FILE = 0100000;
  private static final int FOLDER = 0040000;
  private static final int LINK = 0120000;

  public boolean isFile() {
    return (mode & TYPE) == FILE;
  }

  public boolean isFolder() {
    return (mode & TYPE) == FOLDER;
  }

  public boolean isSymbolicLink() {
    return (mode & TYPE) == LINK;
  }
}
