// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import org.bpfseal.verifier.cli.Syntax;
import picocli.CommandLine.Model.CommandSpec;

/** {@code bpf-sign key}: signing keys at rest. */
final class KeyCommand {
  private KeyCommand() {}

  static CommandSpec spec() {
    return Syntax.group("key", "Keeps signing keys wrapped, and says what a key is.")
        .example(
            "bpf-sign key keyset --out wrap.keyset --keyset-password prompt",
            "bpf-sign key wrap --key release.key --keyset wrap.keyset --out release.wrapped",
            "bpf-sign sign --key 'tink:release.wrapped?keyset=wrap.keyset' --cert release.crt …")
        .subcommand("keyset", () -> new KeyKeysetCommand().spec())
        .subcommand("wrap", () -> new KeyWrapCommand().spec())
        .subcommand("unwrap", () -> new KeyUnwrapCommand().spec())
        .subcommand("inspect", () -> new KeyInspectCommand().spec())
        .spec();
  }
}
