// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import picocli.CommandLine.Command;

/** {@code bpf-sign key}: signing keys at rest. */
@Command(
    name = "key",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    usageHelpWidth = 100,
    description = "Keeps signing keys wrapped, and says what a key is.",
    subcommands = {
      KeyKeysetCommand.class,
      KeyWrapCommand.class,
      KeyUnwrapCommand.class,
      KeyInspectCommand.class
    },
    footer = {
      "",
      "Example: bpf-sign key keyset --out wrap.keyset --keyset-password prompt",
      "         bpf-sign key wrap --key release.key --keyset wrap.keyset --out release.wrapped",
      "         bpf-sign sign --key 'tink:release.wrapped?keyset=wrap.keyset' --cert release.crt …"
    })
final class KeyCommand {}
