// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.image;

import org.bpfseal.verifier.bytes.Bytes;

/**
 * A regular file of an image, owned by root.
 *
 * @param path from the root, without a leading slash, parts in ASCII and none of them {@code .},
 *     {@code ..} or empty
 * @param executable mode 0755, else 0644
 */
public record ImageFile(String path, boolean executable, Bytes content) {
  /** Refuses paths that could leave the root or name a file twice. */
  public ImageFile {
    for (String part : path.split("/", -1)) {
      if (part.equals(".") || part.equals("..") || !part.matches("[!-.0-~]+")) {
        throw new IllegalArgumentException("no path in an image: " + path);
      }
    }
  }

  /** A file that is read, mode 0644. */
  public static ImageFile of(String path, Bytes content) {
    return new ImageFile(path, false, content);
  }

  /** A file that is executed, mode 0755. */
  public static ImageFile executable(String path, Bytes content) {
    return new ImageFile(path, true, content);
  }
}
