// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.util.List;
import java.util.function.Supplier;

/** The tables of rules. Rows are made when they are first asked for, and once. */
enum Rules {
  TIMES(TimeRules::all),
  EXTENSIONS(ExtensionRules::all),
  AUTHORITIES(AuthorityRules::all),
  CERTIFICATES(CertificateRules::all),
  NAMES(NameRules::all),
  MESSAGES(MessageRules::all),
  SIGNERS(SignerRules::all),
  CHAINS(ChainRules::all),
  RSA(RsaRules::all),
  ECDSA(EcdsaRules::all),
  /** For kernels with the modules for SHA-3, Streebog and EC-RDSA. */
  GOST(GostRules::all);

  @SuppressWarnings("ImmutableEnumChecker") // a table is a constant
  private final Supplier<List<Ruled>> rows;

  @SuppressWarnings("ImmutableEnumChecker") // filled once
  private List<Ruled> made = List.of();

  Rules(Supplier<List<Ruled>> rows) {
    this.rows = rows;
  }

  boolean needsModules() {
    return this == GOST;
  }

  synchronized List<Ruled> rows() {
    if (made.isEmpty()) {
      made = rows.get();
    }
    return made;
  }
}
