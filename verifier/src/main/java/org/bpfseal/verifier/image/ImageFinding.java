// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.image;

import java.util.Arrays;
import java.util.List;

/**
 * A check of the image that failed.
 *
 * @param path of the entry, or the name of the program
 * @param values what the check's message has places for
 */
public record ImageFinding(ImageCheck check, String path, List<String> values) {
  /** Copies the values. */
  public ImageFinding {
    values = List.copyOf(values);
  }

  static ImageFinding of(ImageCheck check, String path, Object... values) {
    return new ImageFinding(check, path, Arrays.stream(values).map(String::valueOf).toList());
  }

  /** What is wrong with the path. */
  public String message() {
    return check.message(values.toArray());
  }
}
