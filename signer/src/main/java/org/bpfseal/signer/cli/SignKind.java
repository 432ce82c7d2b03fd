// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.bpfseal.signer.cms.MessageForm;

/** What a signature is made over. */
enum SignKind {
  /** A loader for the object's maps and programs: {@code STEM.bpfs}. */
  LOADER(".bpfs", MessageForm.KEY_ID),
  /** The object's one program itself, which needs no loader: {@code STEM.bpfs}. */
  PROGRAM(".bpfs", MessageForm.KEY_ID),
  /** A whole object file, detached: {@code FILE.p7s}. */
  OBJECT(".p7s", MessageForm.KEY_ID),
  /** Any file, detached: {@code FILE.p7s}. */
  DATA(".p7s", MessageForm.KEY_ID),
  /** A kernel module; the output is a copy with its signature, under the same name. */
  MODULE("", MessageForm.ISSUER_AND_SERIAL),
  /** The fs-verity digest of a file: {@code FILE.fsv-sig}. */
  FSVERITY(".fsv-sig", MessageForm.PKCS7);

  private final String suffix;
  private final MessageForm usualForm;

  SignKind(String suffix, MessageForm usualForm) {
    this.suffix = suffix;
    this.usualForm = usualForm;
  }

  /** The form that bpftool, sign-file or fsverity writes. */
  MessageForm usualForm() {
    return usualForm;
  }

  /** Whether the result is a signed program, which can be made again without a key. */
  boolean isSignedProgram() {
    return this == LOADER || this == PROGRAM;
  }

  /** The task of one input; without a directory the result goes beside the input. */
  SignTask task(Path input, Optional<Path> directory) {
    String name =
        isSignedProgram() ? LoaderOptions.stem(input) : String.valueOf(input.getFileName());
    String output = name + suffix;
    Path place =
        directory
            .map(folder -> folder.resolve(output))
            .orElseGet(() -> input.resolveSibling(output));
    return new SignTask(input, name, place);
  }

  /** Whether a file below a directory is one to sign so: by its name. */
  boolean isUsual(Path file) {
    String name = String.valueOf(file.getFileName());
    return switch (this) {
      case LOADER, PROGRAM, OBJECT -> name.endsWith(".o");
      case MODULE -> name.endsWith(".ko");
      case DATA, FSVERITY -> !name.startsWith(".") && !name.endsWith(suffix);
    };
  }
}
