// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.nio.file.Path;
import org.bpfseal.signer.program.ObjectSummary;
import org.bpfseal.verifier.cli.CommandFailure;

/** Shows what would be signed. */
interface SummaryPrinter {
  void print(Path file, ObjectSummary summary);

  void refused(Path file, CommandFailure failure);

  /** After the last one. */
  void finish();
}
