// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.image;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.bpfseal.verifier.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * What the root has under one path once all is unpacked.
 *
 * @param path from the root, with a leading slash before each part, one character a byte; of the
 *     root itself empty
 * @param mode type and permissions, as {@code st_mode}
 * @param links as {@code st_nlink}
 * @param size in bytes; 0 for folders
 * @param major of a device
 * @param minor of a device
 * @param content of a file; where it is shorter than the size, zeros follow
 * @param target of a symbolic link
 */
public record RootEntry(
    String path,
    int mode,
    long owner,
    long group,
    int links,
    long size,
    int major,
    int minor,
    Bytes content,
    String target) {
  private static final int MINOR_BITS = 20;

  /** Names are put together only when they are asked for: together they can be long. */
  private record Named(@Nullable Named above, String name, RootNode node) {
    String path() {
      StringBuilder path = new StringBuilder();
      for (Named part = this; part != null && part.above() != null; part = part.above()) {
        path.insert(0, "/" + part.name());
      }
      return path.toString();
    }

    RootEntry entry() {
      return new RootEntry(
          path(),
          node.mode,
          node.owner,
          node.group,
          node.links,
          node.size,
          node.device >>> MINOR_BITS,
          node.device & (1 << MINOR_BITS) - 1,
          node.content(),
          node.target);
    }
  }

  /** Gives all entries, the root first, each folder before what is in it. */
  static void list(RootNode root, Consumer<RootEntry> listener) {
    Deque<Named> open = new ArrayDeque<>(List.of(new Named(null, "", root)));
    while (!open.isEmpty()) {
      Named next = open.pop();
      listener.accept(next.entry());
      next.node().children.forEach((name, child) -> open.push(new Named(next, name, child)));
    }
  }
}
