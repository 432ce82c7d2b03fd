// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What a signature is made over. */
enum SignKind {
  /** A whole object file, detached: {@code FILE.p7s}. */
  OBJECT,
  /** Any file, detached: {@code FILE.p7s}. */
  DATA;

  /** The task of one input; without a directory the result goes beside the input. */
  SignTask task(Path input, @Nullable Path directory) {
    String name = String.valueOf(input.getFileName());
    String output = name + ".p7s";
    Path place = directory == null ? input.resolveSibling(output) : directory.resolve(output);
    return new SignTask(input, name, place);
  }
}
