// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.util.List;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;

/** What became of one task. */
sealed interface Outcome {
  /**
   * Its output was written, or is what {@code --check} made again.
   *
   * @param parts the forms of a signed program
   * @param sha256 of the output, as hex digits; the output itself isn't kept
   * @param warnings what the signer of it should know
   */
  record Done(SignTask task, List<String> parts, String sha256, String word, List<String> warnings)
      implements Outcome {
    /** Copies the lists. */
    public Done {
      parts = List.copyOf(parts);
      warnings = List.copyOf(warnings);
    }

    @Override
    public ExitCode exitCode() {
      return ExitCode.OK;
    }
  }

  /** It has its result already, and {@code --skip-signed} was given. */
  record Skipped(SignTask task) implements Outcome {
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
