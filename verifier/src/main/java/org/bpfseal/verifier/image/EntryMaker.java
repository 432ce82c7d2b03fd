// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.image;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Makes in the root what an entry says, in the order of the kernel's calls ({@code do_name}, {@code
 * do_symlink} of init/initramfs.c, 7.3): what is in the way and of another type goes, then hard
 * links, then the rest.
 */
final class EntryMaker {
  private static final int DEPTH_MOST = 64;

  private enum Linked {
    NO,
    YES,
    FAILED
  }

  private final RootTree tree;
  private final UnpackingRecord record;
  private final Map<NewcHeader.FileId, String> names = new HashMap<>();

  EntryMaker(RootTree tree, UnpackingRecord record) {
    this.tree = tree;
    this.record = record;
  }

  /** A trailer ends what hard links refer to. */
  void forget() {
    names.clear();
  }

  /**
   * Makes anything but a symbolic link.
   *
   * @param at where the entry is
   * @return the file, if its content is written now
   */
  Optional<RootNode> make(String path, NewcHeader header, long at) {
    tree.clean(path, header.mode());
    Optional<RootNode> file = Optional.empty();
    if (header.isFile()) {
      file = open(path, header, at);
    } else if (header.isFolder()) {
      tree.makeFolder(path, header.mode());
      tree.set(path, header.owner(), header.group(), header.mode());
    } else if (header.isSpecial() && link(path, header) == Linked.NO) {
      tree.makeNode(path, header.mode(), header.special());
      tree.set(path, header.owner(), header.group(), header.mode());
    }
    if (tree.depth() > DEPTH_MOST) {
      record.giveUp(at, "a tree of more than " + DEPTH_MOST + " levels");
    }
    return file;
  }

  void makeLink(String path, NewcHeader header, String target) {
    tree.clean(path, 0);
    tree.makeLink(path, target);
    tree.own(path, header.owner(), header.group());
  }

  private Linked link(String path, NewcHeader header) {
    if (header.links() < 2) {
      return Linked.NO;
    }
    String old = names.putIfAbsent(header.file(), path);
    if (old == null) {
      return Linked.NO;
    }
    tree.clean(path, 0);
    return tree.link(old, path) ? Linked.YES : Linked.FAILED;
  }

  /** A link keeps the content that it has, if the entry brings none. */
  private Optional<RootNode> open(String path, NewcHeader header, long at) {
    Linked linked = link(path, header);
    Optional<RootNode> opened =
        linked == Linked.FAILED ? Optional.empty() : tree.open(path, header.mode());
    if (opened.isPresent() && !opened.get().isFile()) {
      record.giveUp(at, "content for a device or FIFO");
      return Optional.empty();
    }
    opened.ifPresent(
        node -> {
          if (linked == Linked.NO) {
            node.resize(0);
          }
          node.own(header.owner(), header.group());
          node.permit(header.mode());
          if (header.contentSize() > 0) {
            node.resize(header.contentSize());
          }
        });
    return opened;
  }
}
