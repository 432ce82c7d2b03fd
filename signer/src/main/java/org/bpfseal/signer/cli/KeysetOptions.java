// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import org.bpfseal.signer.key.KeyRefusedException;
import org.bpfseal.signer.key.PasswordSource;
import org.bpfseal.signer.key.Passwords;
import org.bpfseal.verifier.cli.Given;
import org.bpfseal.verifier.cli.Syntax;

/** How a keyset is opened. */
final class KeysetOptions {
  private final Given<String> password;

  KeysetOptions(Syntax syntax) {
    password =
        syntax
            .option(
                "--keyset-password",
                "SOURCE",
                "env:NAME, file:PATH, stdin or prompt (default on a terminal)")
            .text();
  }

  KeysetAccess access(InsecureOptions insecure) throws KeyRefusedException {
    Passwords passwords =
        !password.isGiven()
            ? new PasswordSource.Prompt()
            : PasswordSource.of(password.value(), System.in, insecure.passwordFile.value());
    return new KeysetAccess(passwords, insecure.cleartextKeyset.value());
  }
}
