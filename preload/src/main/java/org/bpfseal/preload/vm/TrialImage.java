// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.vm;

import java.util.List;
import org.bpfseal.preload.PreloadImage;
import org.bpfseal.preload.image.ImageFile;
import org.bpfseal.preload.image.InitramfsWriter;
import org.bpfseal.preload.loader.BootProgram;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/** An image for a machine without disks. */
public final class TrialImage {
  private static final int SEGMENT_ALIGNMENT = 4;

  private TrialImage() {}

  /**
   * The image, unchanged, and a second segment: it puts a program that lists the pins and switches
   * off in the place of the manifest's next program, since the kernel lets later files win. An
   * image whose manifest can't be read stays alone: nothing comes next there.
   */
  public static Bytes of(Bytes image) {
    String next;
    try {
      next = PreloadImage.read(image).manifest().next();
    } catch (FormatException e) {
      return image;
    }
    Bytes segment =
        InitramfsWriter.write(
            List.of(ImageFile.executable(next.substring(1), BootProgram.VM_NEXT.executable())));
    int padding = Math.floorMod(-image.size(), SEGMENT_ALIGNMENT);
    return Bytes.concat(image, Bytes.owning(new byte[padding]), segment);
  }
}
