// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bpfseal.testing.Lab;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.KernelRelease;
import org.bpfseal.verifier.bytes.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where CMS libraries judge differently from the kernel: vectors, and the table of them. With the
 * system property {@code vectors.write=true} both are made again.
 */
@Tag("lab")
class DifferencesTest {
  private static final Path VECTORS = Lab.vectors().resolve("differences");
  private static final String INTRODUCTION =
      """
      # Where CMS libraries judge differently from the kernel

      `NAME.p7s` is a message over `content.bin` (a program), `NAME.der` the certificate that is trusted: it is alone in the
      keyring that a load names, and openssl's trust anchor (`openssl cms -verify -partial_chain -purpose any`). Bouncy Castle
      verifies each signer with a certificate of the message or the trusted one. Made by `DifferencesTest`, which asks all
      three and Debian's cloud kernels 6.18 and 7.3. Where the certificate itself is refused, the load finds no key.

      | vector | kernel | openssl | Bouncy Castle | what it is |
      |---|---|---|---|---|
      """;

  @TempDir Path folder;

  private static List<Case> cases() {
    List<Difference> all = Differences.all();
    return IntStream.range(0, all.size()).mapToObj(i -> question(i, all.get(i))).toList();
  }

  private static Case question(int id, Difference one) {
    Case.Load load =
        new Case.Load(
            Difference.CONTENT, one.message(), false, Case.WHOLE, Case.FRESH, Optional.empty());
    return new Case(id, one.name(), one.ring(), Optional.of(load));
  }

  @Test
  void theTableSaysWhatAllAnswer() throws IOException {
    List<Answer> answers = RealKernel.of("7.3", folder).answer(cases());
    assertThat(RealKernel.of("6.18", folder).answer(cases())).isEqualTo(answers);
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      rows.add(row(Differences.all().get(i), answers.get(i)));
    }
    Map<String, Bytes> files = files();
    files.put("README.md", Bytes.utf8(INTRODUCTION + String.join("\n", rows) + "\n"));
    if (Boolean.getBoolean("vectors.write")) {
      Files.createDirectories(VECTORS);
      for (Map.Entry<String, Bytes> file : files.entrySet()) {
        Files.write(VECTORS.resolve(file.getKey()), file.getValue().toArray());
      }
    }
    assertThat(committed()).isEqualTo(files);
  }

  @Test
  void theMirrorSidesWithTheKernel() {
    for (String series : List.of("6.18", "7.3")) {
      MirrorAnswers mirror =
          new MirrorAnswers(KernelProfile.debianCloud(KernelRelease.parse(series).orElseThrow()));
      assertThat(mirror.answer(cases())).isEqualTo(RealKernel.of(series, folder).answer(cases()));
    }
  }

  private String row(Difference one, Answer answer) {
    boolean kernel = answer.load().equals("OK");
    boolean openssl = Libraries.opensslAccepts(one, folder);
    boolean bouncyCastle = Libraries.bouncyCastleAccepts(one);
    assertThat(Stream.of(openssl, bouncyCastle)).as(one.name()).contains(!kernel);
    String certificate =
        answer.certificates().equals("OK") ? "" : " (certificate: " + answer.certificates() + ")";
    return "| `%s` | %s%s | %s | %s | %s |"
        .formatted(
            one.name(), answer.load(), certificate, word(openssl), word(bouncyCastle), one.why());
  }

  private static String word(boolean accepts) {
    return accepts ? "accepts" : "refuses";
  }

  private static Map<String, Bytes> files() {
    Map<String, Bytes> files = new TreeMap<>();
    files.put("content.bin", Difference.CONTENT);
    for (Difference one : Differences.all()) {
      files.put(one.name() + ".p7s", one.message());
      files.put(one.name() + ".der", one.ring().getFirst());
    }
    return files;
  }

  private static Map<String, Bytes> committed() throws IOException {
    Map<String, Bytes> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(VECTORS)) {
      for (Path file : all.toList()) {
        files.put(file.getFileName().toString(), Bytes.owning(Files.readAllBytes(file)));
      }
    }
    return files;
  }
}
