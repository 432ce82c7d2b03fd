// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * The installed openssl, run in a test's own folder: the peer that keys and CMS are held against.
 */
public record OpenSsl(Path folder) {
  /** A key and its self-signed certificate: {@code NAME.key} (PKCS#8 PEM), {@code NAME.crt}. */
  public void identity(String name, String... algorithm) throws IOException {
    key(name, algorithm);
    certificate(name, "subjectKeyIdentifier=hash");
  }

  /** A key, {@code NAME.key}; the algorithm is what {@code genpkey -algorithm} takes. */
  public void key(String name, String... algorithm) throws IOException {
    List<String> words = new ArrayList<>(List.of("genpkey", "-out", name + ".key", "-algorithm"));
    words.addAll(List.of(algorithm));
    run(words.toArray(String[]::new));
  }

  /** A self-signed certificate of {@code NAME.key}. */
  public void certificate(String name, String extension) throws IOException {
    run(
        "req",
        "-new",
        "-x509",
        "-key",
        name + ".key",
        "-days",
        "30",
        "-subj",
        "/CN=" + name,
        "-addext",
        extension,
        "-out",
        name + ".crt");
  }

  /** Runs it, which must succeed. */
  public void run(String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String messages = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      assertThat(process.waitFor()).as("%s: %s", command, messages).isZero();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** A file of the folder. */
  public Bytes read(String name) throws IOException {
    return Bytes.owning(java.nio.file.Files.readAllBytes(folder.resolve(name)));
  }
}
