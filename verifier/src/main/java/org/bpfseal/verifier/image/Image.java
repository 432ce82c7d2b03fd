// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.image;

import java.util.List;

/**
 * What the kernel unpacks from an initrd, in order.
 *
 * @param segments as they follow each other in the file
 * @param entries of all segments
 * @param tree the root afterwards
 */
public record Image(List<Segment> segments, List<ImageEntry> entries, RootTree tree) {
  /** Copies the lists. */
  public Image {
    segments = List.copyOf(segments);
    entries = List.copyOf(entries);
  }

  /**
   * A part of the file that is packed in one way.
   *
   * @param offset where it begins in the file
   * @param size in the file
   * @param entries how many it has
   */
  public record Segment(Packing packing, long offset, long size, int entries) {}
}
