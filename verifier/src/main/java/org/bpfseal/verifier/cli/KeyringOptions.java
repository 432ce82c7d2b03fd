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
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The kernel's keyrings: what is in them, and which of them is named. */
final class KeyringOptions {
  @Option(
      names = "--keyring",
      paramLabel = "NAME[=PATH]",
      converter = ArgumentConverter.class,
      description = {
        "=PATH: certificates that the kernel has in keyring NAME, a file or a directory; may be",
        "repeated. Without: the keyring that the load names (default: user). NAME is builtin,",
        "secondary, machine, platform, user or bpf (id -9, queued for 7.4)."
      })
  List<Argument> arguments = List.of();

  /**
   * One {@code --keyring}.
   *
   * @param path of certificates; absent if the keyring is only named
   */
  record Argument(KeyringName keyring, Optional<Path> path) {}

  /** {@code NAME} or {@code NAME=PATH}. */
  static final class ArgumentConverter implements ITypeConverter<Argument> {
    @Override
    public Argument convert(String text) {
      String[] parts = text.split("=", 2);
      KeyringName keyring =
          Stream.of(KeyringName.values())
              .filter(name -> name.text().equals(parts[0].toLowerCase(Locale.ROOT)))
              .findFirst()
              .orElseThrow(
                  () -> new TypeConversionException("no keyring is called \"" + parts[0] + "\""));
      return new Argument(
          keyring, parts.length == 1 ? Optional.empty() : Optional.of(Path.of(parts[1])));
    }
  }

  /** The certificates of each keyring that has some. */
  Map<KeyringName, List<CertificateFile>> certificates()
      throws IOException, FormatException, CommandFailure {
    Map<KeyringName, List<CertificateFile>> found = new EnumMap<>(KeyringName.class);
    for (Argument argument : arguments) {
      if (argument.path().isPresent()) {
        found
            .computeIfAbsent(argument.keyring(), name -> new ArrayList<>())
            .addAll(CertificateFile.read(argument.path().get()));
      }
    }
    return found;
  }

  /** The keyring that is named without certificates. */
  Optional<KeyringName> named() throws CommandFailure {
    List<KeyringName> names =
        arguments.stream()
            .filter(argument -> argument.path().isEmpty())
            .map(Argument::keyring)
            .distinct()
            .toList();
    if (names.size() > 1) {
      throw new CommandFailure(ExitCode.USAGE, "--keyring: a load names one keyring, not several");
    }
    return names.stream().findFirst();
  }
}
