// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.guard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bpfseal.preload.loader.LabKey;
import org.bpfseal.testing.HostCommand;

/**
 * Somebody far from the machine who has the keys and {@code bpf-sign}.
 *
 * @param scratch folder for challenges and tokens
 */
record KeyHolder(Path scratch) {
  private static final Pattern CHALLENGE =
      Pattern.compile(".*?bpfseal-challenge: (\\S+) (\\S+)\\s*");

  /** Signs the challenge in a line {@code bpfseal-challenge: KEY BASE64}; the token, in Base64. */
  Optional<String> answer(String line) {
    Matcher matcher = CHALLENGE.matcher(line);
    return matcher.matches()
        ? Optional.of(token(new LabKey(matcher.group(1), scratch), matcher.group(2)))
        : Optional.empty();
  }

  private String token(LabKey key, String challenge) {
    Path text = scratch.resolve("challenge.txt");
    Path token = scratch.resolve("token");
    try {
      Files.write(text, Base64.getDecoder().decode(challenge));
      HostCommand.outputOf(
          Path.of(System.getProperty("java.home"), "bin", "java"),
          "-cp",
          System.getProperty("java.class.path"),
          "org.bpfseal.signer.cli.BpfSign",
          "token",
          "--key",
          key.privateKey(),
          "--cert",
          key.certificate(),
          "--yes",
          "--force",
          "--out",
          token,
          text);
      return Base64.getEncoder().encodeToString(Files.readAllBytes(token));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
