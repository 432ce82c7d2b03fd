// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bpfseal.testing.Lab;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plain start loads, in a JVM of its own. */
class StartUpTest {
  private static final Path KEYS = Lab.repository().resolve("keys-example");

  @TempDir Path folder;

  @Test
  void aKeyInAFileLoadsNoOtherKeySource() throws Exception {
    Path input = Files.writeString(folder.resolve("file"), "x");
    List<String> classes =
        classes(
            "sign",
            "--as",
            "data",
            "--key",
            KEYS.resolve("rsa.key").toString(),
            "--cert",
            KEYS.resolve("rsa.crt").toString(),
            input.toString());
    assertThat(folder.resolve("file.p7s")).exists();
    assertThat(classes)
        .contains("org.bpfseal.signer.key.KeyReader", "java.security.Signature")
        .noneMatch(name -> name.startsWith("com.google."))
        // What reads an annotation makes one.
        .noneMatch(name -> name.contains("$Proxy"))
        .noneMatch(name -> name.startsWith("org.bpfseal.signer.key.tink."))
        .noneMatch(name -> name.startsWith("org.bpfseal.signer.key.pkcs11."))
        .noneMatch(name -> name.startsWith("org.bouncycastle.jce."))
        .doesNotContain(
            "org.bpfseal.signer.cli.KeyCommand",
            "java.security.KeyStore",
            "org.bpfseal.signer.key.StoreReader",
            "org.bpfseal.signer.key.EncryptedPkcs8",
            "java.lang.foreign.SymbolLookup");
  }

  private static List<String> classes(String... words) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xlog:class+load:stdout:none",
                "-cp",
                System.getProperty("java.class.path"),
                BpfSign.class.getName()));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.lines().map(line -> line.split(" ", 2)[0]).toList();
  }
}
