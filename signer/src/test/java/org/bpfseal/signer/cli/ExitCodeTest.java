// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.bpfseal.testing.Lab;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.Launcher;
import org.bpfseal.verifier.cli.Syntax;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each exit code can be reached. */
class ExitCodeTest {
  private static final Path KEYS = Lab.repository().resolve("keys-example");

  @TempDir Path folder;

  private int sign(Object... words) {
    Object[] all = new Object[words.length + 6];
    System.arraycopy(words, 0, all, 0, words.length);
    Object[] identity = {"--key", KEYS.resolve("rsa.key"), "--cert", KEYS.resolve("rsa.crt")};
    System.arraycopy(identity, 0, all, words.length, 4);
    all[words.length + 4] = "--as";
    all[words.length + 5] = "data";
    return Run.of(all).status();
  }

  private int reach(ExitCode code) throws Exception {
    Path file = Files.writeString(folder.resolve("a"), "content");
    Path missing = folder.resolve("missing");
    return switch (code) {
      case OK -> sign("sign", file);
      case REFUSED -> {
        sign("sign", file);
        Files.writeString(file, "another");
        yield sign("sign", "--check", file);
      }
      case USAGE -> sign("sign", "--nonsense", file);
      case UNREADABLE -> sign("sign", missing);
      case KEY_SOURCE ->
          Run.of("sign", "--as", "data", "--key", missing, "--cert", KEYS.resolve("rsa.crt"), file)
              .status();
      case WOULD_OVERWRITE -> {
        sign("sign", file);
        yield sign("sign", file);
      }
      // No input is known that does it, so a command that has a fault stands for one.
      case INTERNAL ->
          Launcher.run(
              Syntax.of("fault")
                  .spec(
                      () -> {
                        throw new IllegalStateException("a fault");
                      }));
    };
  }

  @ParameterizedTest
  @EnumSource
  void isReached(ExitCode code) throws Exception {
    assertThat(reach(code)).isEqualTo(code.status());
  }
}
