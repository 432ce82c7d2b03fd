// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import picocli.CommandLine.Option;

/** What is refused unless it is named. */
final class InsecureOptions {
  @Option(
      names = "--insecure-password-file",
      description = "take a password file that everybody can read")
  boolean passwordFile;

  @Option(
      names = "--insecure-cleartext-keyset",
      description = "take, or make, a keyset that nothing protects")
  boolean cleartextKeyset;
}
