// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.image;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bpfseal.verifier.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/** An inode of the root while it is unpacked. */
final class RootNode {
  static final int TYPE = 0170000;
  static final int FILE = 0100000;
  static final int FOLDER = 0040000;
  static final int LINK = 0120000;
  private static final int SET_GROUP = 02000;
  private static final long UNCHANGED = 0xffff_ffffL;

  /** By name; of what is no folder always empty. */
  final SortedMap<String, RootNode> children;

  /** How many folders are above it. */
  final int depth;

  private List<Bytes> written = List.of();
  private Bytes old = Bytes.EMPTY;
  int mode;
  long owner;
  long group;
  int links;
  long size;
  int device;
  String target = "";

  /** Of a folder: where {@code ..} leads. */
  @Nullable RootNode parent;

  /** A new one in a folder, whose group it takes if the folder says so. */
  RootNode(int mode, @Nullable RootNode folder) {
    this.mode = mode;
    links = isFolder() ? 2 : 1;
    group = folder != null && (folder.mode & SET_GROUP) != 0 ? folder.group : 0;
    parent = folder;
    children = isFolder() ? new TreeMap<>() : Collections.emptySortedMap();
    depth = folder == null ? 0 : folder.depth + 1;
  }

  boolean isFolder() {
    return (mode & TYPE) == FOLDER;
  }

  boolean isLink() {
    return (mode & TYPE) == LINK;
  }

  boolean isFile() {
    return (mode & TYPE) == FILE;
  }

  void own(long newOwner, long newGroup) {
    owner = newOwner == UNCHANGED ? owner : newOwner;
    group = newGroup == UNCHANGED ? group : newGroup;
  }

  void permit(int permissions) {
    mode = (mode & TYPE) | (permissions & ~TYPE);
  }

  /** Cuts the content, or lengthens it with zeros; the next byte is written at its beginning. */
  void resize(long newSize) {
    old = content();
    old = old.slice(0, (int) Math.min(old.size(), newSize));
    written = List.of();
    size = newSize;
  }

  void write(Bytes part) {
    if (!part.isEmpty()) {
      written = written.isEmpty() ? new ArrayList<>() : written;
      written.add(part);
    }
  }

  /** All but the zeros that nobody wrote. */
  Bytes content() {
    if (written.isEmpty()) {
      return old;
    }
    Bytes fresh =
        written.size() == 1 ? written.getFirst() : Bytes.concat(written.toArray(Bytes[]::new));
    written = List.of(fresh);
    return old.size() > fresh.size() ? Bytes.concat(fresh, old.from(fresh.size())) : fresh;
  }
}
