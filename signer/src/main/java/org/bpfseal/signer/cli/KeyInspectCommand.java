// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bpfseal.signer.key.KeyMaterial;
import org.bpfseal.signer.key.SigningKey;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.InputFile;
import org.bpfseal.verifier.cli.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bpf-sign key inspect}: what can be said of a key without showing it. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    usageHelpWidth = 100,
    description = {
      "Says what a key is: algorithm, hash of the public key, certificate beside it.",
      "A wrapped key or a keyset says what it is without being opened."
    },
    footer = {"", "Example: bpf-sign key inspect --key release.wrapped"})
final class KeyInspectCommand implements Callable<Integer> {
  private static final int LIMIT = 1 << 17;

  @Option(
      names = {"-k", "--key"},
      paramLabel = "KEY",
      description = "as in sign; also the file of a keyset")
  List<String> keys = new ArrayList<>();

  @Mixin KeyOptions source;

  @Option(names = "--json", description = "print the answer as JSON")
  boolean json;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws CommandFailure, IOException, FormatException {
    Optional<Map<String, Object>> file = KeyDescription.ofFile(start());
    print(file.isPresent() ? file.get() : opened());
    return 0;
  }

  private Map<String, Object> opened() throws CommandFailure {
    KeyMaterial material = source.one(keys);
    try (SigningKey key = material.key()) {
      return KeyDescription.of(key, material.certificate());
    }
  }

  /** The file's content if it is a small file at all. */
  private Bytes start() throws IOException, CommandFailure {
    if (keys.size() != 1 || keys.getFirst().indexOf(':') >= 0) {
      return Bytes.EMPTY;
    }
    Path file = Path.of(keys.getFirst());
    return Files.isRegularFile(file) && Files.size(file) <= LIMIT
        ? InputFile.read(file, LIMIT)
        : Bytes.EMPTY;
  }

  private void print(Map<String, Object> answer) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("schema", "bpf-sign-key 1");
      document.putAll(answer);
      out.println(Json.of(document));
    } else {
      answer.forEach((name, value) -> out.println(name + " ".repeat(18 - name.length()) + value));
    }
    out.flush();
  }
}
