// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import org.bpfseal.signer.key.KeyRefusedException;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.Launcher;

/** A refused key or certificate as a command's end. */
final class KeyFailure {
  private KeyFailure() {}

  static CommandFailure of(KeyRefusedException e) {
    return new CommandFailure(ExitCode.KEY_SOURCE, String.valueOf(e.getMessage()), e.hint());
  }

  /** The same, saying which one. */
  static CommandFailure of(String what, KeyRefusedException e) {
    return new CommandFailure(ExitCode.KEY_SOURCE, what + ": " + e.getMessage(), e.hint());
  }

  /** What else went wrong with a key, saying which one. */
  static CommandFailure of(String what, Exception e) {
    CommandFailure failure = Launcher.failureOf(e);
    ExitCode exitCode =
        failure.exitCode() == ExitCode.INTERNAL ? ExitCode.INTERNAL : ExitCode.KEY_SOURCE;
    CommandFailure named =
        new CommandFailure(exitCode, what + ": " + failure.getMessage(), failure.hint());
    named.initCause(failure.getCause());
    return named;
  }
}
