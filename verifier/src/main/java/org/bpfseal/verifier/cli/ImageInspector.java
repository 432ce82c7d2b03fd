// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.util.ArrayList;
import java.util.List;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.image.Image;
import org.bpfseal.verifier.image.ImageEntry;
import org.bpfseal.verifier.image.ImageReader;

/** An initrd: its segments, and what its manifest says if it has one. */
final class ImageInspector {
  private static final String MANIFEST = "etc/bpfseal/manifest";

  private ImageInspector() {}

  static Inspection inspect(Bytes file) throws FormatException {
    Image image = ImageReader.read(file, InputLimit.bytes());
    List<Inspection.Row> rows = new ArrayList<>();
    for (Image.Segment segment : image.segments()) {
      rows.add(
          new Inspection.Row(
              "segment",
              List.of(
                  segment.packing().id(),
                  segment.entries() + " entries",
                  segment.size() + " bytes at " + segment.offset()),
              Inspection.fields(
                  "packing", segment.packing().id(),
                  "entries", segment.entries(),
                  "size", segment.size(),
                  "offset", segment.offset())));
    }
    for (ImageEntry entry : image.entries()) {
      if (entry.path().equals(MANIFEST) && entry.isFile()) {
        rows.addAll(ManifestInspector.inspect(entry.content()).rows());
      }
    }
    return new Inspection("image", rows);
  }
}
