// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import org.bpfseal.verifier.cli.Given;
import org.bpfseal.verifier.cli.Syntax;

/** What is refused unless it is named. */
final class InsecureOptions {
  final Given<Boolean> passwordFile;
  final Given<Boolean> cleartextKeyset;

  InsecureOptions(Syntax syntax) {
    passwordFile =
        syntax.flag("--insecure-password-file", "take a password file that everybody can read");
    cleartextKeyset =
        syntax.flag("--insecure-cleartext-keyset", "take, or make, a keyset that nothing protects");
  }
}
