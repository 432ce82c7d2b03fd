// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.util.List;

/** Shows outcomes, one as soon as it is known. */
interface OutcomePrinter {
  void print(Outcome outcome);

  /** After the last one. */
  void finish(List<Outcome> outcomes);
}
