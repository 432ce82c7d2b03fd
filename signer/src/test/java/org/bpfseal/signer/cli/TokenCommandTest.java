// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.bpfseal.signer.token.TokenWriter;
import org.bpfseal.testing.HostCommand;
import org.bpfseal.testing.Lab;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.cli.Launcher;
import org.bpfseal.verifier.token.ChallengeReader;
import org.bpfseal.verifier.token.SignedToken;
import org.bpfseal.verifier.token.SignedTokenReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCommandTest {
  private static final String CHALLENGE =
      "bpfseal-challenge 1\noperation replace\nlink 4294967295 exec_guard/check_exec\n"
          + "sequence 18446744073709551615\nnonce 00112233445566778899aabbccddeeff\ndigest "
          + "5a".repeat(32)
          + "\n";

  @TempDir Path folder;

  private int run(String challenge, String... more) throws Exception {
    Path file = Files.writeString(folder.resolve("challenge"), challenge);
    Path keys = Lab.repository().resolve("keys-example");
    String[] words = {
      "token",
      "--key",
      keys.resolve("p256.key").toString(),
      "--cert",
      keys.resolve("p256.crt").toString(),
      file.toString(),
      "--out",
      folder.resolve("token").toString()
    };
    String[] all = Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return Launcher.run(BpfSign.spec(all), all);
  }

  @Test
  void whatIsSignedIsWhatWasAskedFor() throws Exception {
    assertThat(run(CHALLENGE, "--yes")).isZero();
    Bytes file = Bytes.owning(Files.readAllBytes(folder.resolve("token")));
    SignedToken signed = SignedTokenReader.read(file);
    assertThat(signed.token()).isEqualTo(ChallengeReader.read(Bytes.utf8(CHALLENGE)));
    assertThat(TokenWriter.body(signed.token())).isEqualTo(signed.body());
    Files.write(folder.resolve("body"), signed.body().toArray());
    Files.write(folder.resolve("signature"), signed.signature().toArray());
    HostCommand.outputOf(
        "openssl",
        "cms",
        "-verify",
        "-binary",
        "-inform",
        "DER",
        "-noverify",
        "-certfile",
        Lab.repository().resolve("keys-example/p256.crt"),
        "-in",
        folder.resolve("signature"),
        "-content",
        folder.resolve("body"),
        "-out",
        folder.resolve("verified"));
  }

  @Test
  void nothingIsSignedUnasked() throws Exception {
    assertThat(run(CHALLENGE)).isEqualTo(2);
    assertThat(folder.resolve("token")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "bpfseal-challenge 2\n", "bpfseal-manifest 1\n"})
  void anythingElseIsNoChallenge(String text) throws Exception {
    assertThat(run(text, "--yes")).isEqualTo(3);
    assertThat(folder.resolve("token")).doesNotExist();
  }
}
