// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.manifest.ManifestReader;
import org.bpfseal.verifier.program.SignedProgramReader;

/** What a file is, by how it begins. */
enum FileKind {
  PROGRAM,
  MANIFEST;

  static FileKind of(Bytes file) throws CommandFailure {
    if (SignedProgramReader.recognises(file)) {
      return PROGRAM;
    }
    if (ManifestReader.recognises(file)) {
      return MANIFEST;
    }
    throw new CommandFailure(
        ExitCode.UNREADABLE, "neither a signed program nor a manifest nor an image");
  }
}
