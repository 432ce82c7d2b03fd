// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpfseal.signer.key.KeyMaterial;
import org.bpfseal.signer.key.SigningKey;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.Given;
import org.bpfseal.verifier.cli.InputFile;
import org.bpfseal.verifier.cli.Json;
import org.bpfseal.verifier.cli.Syntax;
import picocli.CommandLine.Model.CommandSpec;

/** {@code bpf-sign key inspect}: what can be said of a key without showing it. */
final class KeyInspectCommand {
  private static final int LIMIT = 1 << 17;

  private final Syntax syntax =
      Syntax.of(
              "inspect",
              "Says what a key is: algorithm, hash of the public key, certificate beside it.",
              "A wrapped key or a keyset says what it is without being opened.")
          .example("bpf-sign key inspect --key release.wrapped");

  private final Given<List<String>> keys =
      syntax.option(List.of("-k", "--key"), "KEY", "as in sign; also the file of a keyset").texts();

  private final KeyOptions source = new KeyOptions(syntax);

  private final Given<Boolean> json = syntax.flag("--json", "print the answer as JSON");

  CommandSpec spec() {
    return syntax.spec(this::call);
  }

  private int call() throws CommandFailure, IOException, FormatException {
    Optional<Map<String, Object>> file = KeyDescription.ofFile(start());
    print(file.isPresent() ? file.get() : opened());
    return 0;
  }

  private Map<String, Object> opened() throws CommandFailure {
    KeyMaterial material = source.one(keys.value());
    try (SigningKey key = material.key()) {
      return KeyDescription.of(key, material.certificate());
    }
  }

  /** The file's content if it is a small file at all. */
  private Bytes start() throws IOException, CommandFailure {
    if (keys.value().size() != 1 || keys.value().getFirst().indexOf(':') >= 0) {
      return Bytes.EMPTY;
    }
    Path file = Path.of(keys.value().getFirst());
    return Files.isRegularFile(file) && Files.size(file) <= LIMIT
        ? InputFile.read(file, LIMIT)
        : Bytes.EMPTY;
  }

  private void print(Map<String, Object> answer) {
    PrintWriter out = syntax.out();
    if (json.value()) {
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
