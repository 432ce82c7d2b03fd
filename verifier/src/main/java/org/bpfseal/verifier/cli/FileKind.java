// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.nio.file.Path;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.image.ImageReader;
import org.bpfseal.verifier.manifest.ManifestReader;
import org.bpfseal.verifier.program.SignedProgramReader;
import org.bpfseal.verifier.token.ChallengeReader;
import org.bpfseal.verifier.token.SignedTokenReader;

/** What a file is, by how it begins. */
enum FileKind {
  PROGRAM,
  MANIFEST,
  SIGNATURE,
  IMAGE,
  TOKEN,
  CHALLENGE;

  private static final int SEQUENCE = 0x30;

  /** What begins as nothing known is what its name says, so that its reader says what is wrong. */
  static FileKind of(Path file, Bytes bytes) throws CommandFailure {
    if (SignedProgramReader.recognises(bytes)) {
      return PROGRAM;
    }
    if (ManifestReader.recognises(bytes)) {
      return MANIFEST;
    }
    if (ImageReader.recognises(bytes)) {
      return IMAGE;
    }
    if (SignedTokenReader.recognises(bytes)) {
      return TOKEN;
    }
    if (ChallengeReader.recognises(bytes)) {
      return CHALLENGE;
    }
    if (file.toString().endsWith(".p7s") || (!bytes.isEmpty() && bytes.at(0) == SEQUENCE)) {
      return SIGNATURE;
    }
    if (file.toString().endsWith(".bpfs")) {
      return PROGRAM;
    }
    throw new CommandFailure(
        ExitCode.UNREADABLE, "no signed program, signature, manifest, token, challenge or image");
  }
}
