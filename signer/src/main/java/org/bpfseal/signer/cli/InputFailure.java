// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.nio.file.Path;
import org.bpfseal.verifier.cli.CommandFailure;

/** A failure that says of which input it is. */
final class InputFailure {
  private InputFailure() {}

  static CommandFailure of(Path input, CommandFailure failure) {
    String message = String.valueOf(failure.getMessage());
    if (message.startsWith(input.toString())) {
      return failure;
    }
    CommandFailure named =
        new CommandFailure(failure.exitCode(), input + ": " + message, failure.hint());
    named.initCause(failure.getCause());
    return named;
  }
}
