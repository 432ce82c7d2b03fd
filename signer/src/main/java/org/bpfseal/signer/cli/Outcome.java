// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import org.bpfseal.signer.key.DigestAlgorithm;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;

/** What became of one task. */
sealed interface Outcome {
  /** Its output was written, or is what {@code --check} made again. */
  record Done(SignTask task, Maker.Made made, String word) implements Outcome {
    String sha256() {
      return DigestAlgorithm.SHA_256.digest(made.content()).toHex();
    }

    @Override
    public ExitCode exitCode() {
      return ExitCode.OK;
    }
  }

  /** The answer is no. */
  record Refused(SignTask task, CommandFailure failure) implements Outcome {
    @Override
    public ExitCode exitCode() {
      return failure.exitCode();
    }
  }

  /** Something stood in the way: input, output, or a fault of ours. */
  record Failed(SignTask task, CommandFailure failure) implements Outcome {
    @Override
    public ExitCode exitCode() {
      return failure.exitCode();
    }
  }

  SignTask task();

  ExitCode exitCode();

  /** The outcome that a failure is. */
  static Outcome of(SignTask task, CommandFailure failure) {
    return failure.exitCode() == ExitCode.REFUSED
        ? new Refused(task, failure)
        : new Failed(task, failure);
  }
}
