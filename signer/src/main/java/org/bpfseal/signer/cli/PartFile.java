// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The files that go to whoever has the key, and come back. */
final class PartFile {
  private PartFile() {}

  /** {@code NAME.SUFFIX}, or {@code NAME.PART.SUFFIX} where an input has several parts. */
  static Path of(Path input, @Nullable Path directory, String part, String suffix) {
    String name = input.getFileName() + (part.isEmpty() ? "" : "." + part) + "." + suffix;
    return directory == null ? input.resolveSibling(name) : directory.resolve(name);
  }
}
