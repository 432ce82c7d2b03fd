// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.nio.file.Path;
import java.util.Optional;

/** The files that go to whoever has the key, and come back. */
final class PartFile {
  private PartFile() {}

  /** {@code NAME.SUFFIX}, or {@code NAME.PART.SUFFIX} where an input has several parts. */
  static Path of(Path input, Optional<Path> directory, String part, String suffix) {
    String name = input.getFileName() + (part.isEmpty() ? "" : "." + part) + "." + suffix;
    return directory
        .map(folder -> folder.resolve(name))
        .orElseGet(() -> input.resolveSibling(name));
  }
}
