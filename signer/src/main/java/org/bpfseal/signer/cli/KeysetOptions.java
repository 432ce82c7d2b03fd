// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import org.bpfseal.signer.key.KeyRefusedException;
import org.bpfseal.signer.key.PasswordSource;
import org.bpfseal.signer.key.Passwords;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a keyset is opened. */
final class KeysetOptions {
  @Option(
      names = "--keyset-password",
      paramLabel = "SOURCE",
      description = "env:NAME, file:PATH, stdin or prompt (default on a terminal)")
  @Nullable String password;

  KeysetAccess access(InsecureOptions insecure) throws KeyRefusedException {
    Passwords passwords =
        password == null
            ? new PasswordSource.Prompt()
            : PasswordSource.of(password, System.in, insecure.passwordFile);
    return new KeysetAccess(passwords, insecure.cleartextKeyset);
  }
}
