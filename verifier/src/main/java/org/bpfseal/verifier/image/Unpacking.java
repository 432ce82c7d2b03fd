// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.image;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * What the kernel makes of an initrd, good or not.
 *
 * @param segments as they follow each other in the file
 * @param entries of all segments, those that the kernel fails to make among them
 * @param tree the root afterwards
 * @param fault where the kernel says that unpacking failed; what it had unpacked till then stays,
 *     and the boot goes on
 * @param doubt from where on it isn't known what the kernel does; the tree is worth nothing then
 * @param oddity what the kernel passes over in silence
 */
public record Unpacking(
    List<Image.Segment> segments,
    List<ImageEntry> entries,
    RootTree tree,
    Optional<FormatException> fault,
    Optional<FormatException> doubt,
    Optional<FormatException> oddity) {
  /** Copies the lists. */
  public Unpacking {
    segments = List.copyOf(segments);
    entries = List.copyOf(entries);
  }

  /** Gives all that the root has, the root first, each folder before what is in it. */
  public void list(Consumer<RootEntry> listener) {
    RootEntry.list(tree.root(), listener);
  }
}
