// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bpfseal.verifier.bytes.FormatException;
import picocli.CommandLine.TypeConversionException;

/** The kernel's keyrings: what is in them, and which of them is named. */
final class KeyringOptions {
  private final Given<List<Choice>> choices;

  KeyringOptions(Syntax syntax) {
    choices =
        syntax
            .option(
                "--keyring",
                "NAME[=PATH]",
                "=PATH: certificates that the kernel has in keyring NAME, a file or",
                "a directory; may be repeated. Without: the keyring that the load",
                "names (default: user). NAME is builtin, secondary, machine,",
                "platform, user or bpf (id -9, queued for 7.4).")
            .values(Choice.class, Choice::of);
  }

  /**
   * One {@code --keyring}: {@code NAME} or {@code NAME=PATH}.
   *
   * @param path of certificates; absent if the keyring is only named
   */
  private record Choice(KeyringName keyring, Optional<Path> path) {
    static Choice of(String text) {
      String[] parts = text.split("=", 2);
      KeyringName keyring =
          Stream.of(KeyringName.values())
              .filter(name -> name.text().equals(parts[0].toLowerCase(Locale.ROOT)))
              .findFirst()
              .orElseThrow(
                  () -> new TypeConversionException("no keyring is called \"" + parts[0] + "\""));
      return new Choice(
          keyring, parts.length == 1 ? Optional.empty() : Optional.of(Path.of(parts[1])));
    }
  }

  /** The certificates of each keyring that has some. */
  Map<KeyringName, List<CertificateFile>> certificates()
      throws IOException, FormatException, CommandFailure {
    Map<KeyringName, List<CertificateFile>> found = new EnumMap<>(KeyringName.class);
    for (Choice choice : choices.value()) {
      if (choice.path().isPresent()) {
        found
            .computeIfAbsent(choice.keyring(), name -> new ArrayList<>())
            .addAll(CertificateFile.read(choice.path().get()));
      }
    }
    return found;
  }

  /** The keyring that is named without certificates. */
  Optional<KeyringName> named() throws CommandFailure {
    List<KeyringName> names =
        choices.value().stream()
            .filter(choice -> choice.path().isEmpty())
            .map(Choice::keyring)
            .distinct()
            .toList();
    if (names.size() > 1) {
      throw new CommandFailure(ExitCode.USAGE, "--keyring: a load names one keyring, not several");
    }
    return names.stream().findFirst();
  }
}
