// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.util.List;
import java.util.stream.Stream;

/** All tables of rules. */
final class Rules {
  private Rules() {}

  static List<Ruled> all() {
    return Stream.of(
            TimeRules.all(),
            ExtensionRules.all(),
            AuthorityRules.all(),
            CertificateRules.all(),
            NameRules.all(),
            MessageRules.all(),
            SignerRules.all(),
            ChainRules.all(),
            RsaRules.all(),
            EcdsaRules.all())
        .flatMap(List::stream)
        .toList();
  }
}
