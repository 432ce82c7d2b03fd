// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.IOException;
import java.util.List;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.cli.CommandFailure;

/** Makes the output of one task, in memory. */
interface Maker {
  /**
   * What was made.
   *
   * @param content of the output file
   * @param parts that it holds: the forms of a signed program
   * @param warnings what the signer of it should know
   */
  record Made(Bytes content, List<String> parts, List<String> warnings) {
    /** Copies the lists. */
    public Made {
      parts = List.copyOf(parts);
      warnings = List.copyOf(warnings);
    }

    /** Something without warnings. */
    Made(Bytes content, List<String> parts) {
      this(content, parts, List.of());
    }
  }

  /**
   * The result.
   *
   * @throws CommandFailure if the input can't be signed
   */
  Made make(SignTask task) throws IOException, FormatException, CommandFailure;
}
