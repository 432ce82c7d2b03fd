// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.bpfseal.testing.Lab;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.image.BundleMaker;
import org.bpfseal.verifier.image.NewcMaker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bpf-verify verify} and {@code inspect} of preload images. */
class VerifyImageTest {
  private static final Path RSA = Lab.repository().resolve("keys-example/rsa.crt");

  @TempDir Path folder;

  private Path write(Bytes image) throws IOException {
    return Files.write(folder.resolve("preload.img"), image.toArray());
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "gzip", "xz", "zstd"})
  void acceptsAGoodImage(String how) throws Exception {
    Path image = write(NewcMaker.packed(how, BundleMaker.good().archive().finish()));
    Run run = Run.of("verify", image, "--cert", RSA, "--kernel", "7.3,6.18");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines().map(line -> line.replaceAll(" +", " ").strip()))
        .anyMatch(line -> line.startsWith("manifest version 7 7.3 OK accepted (user keyring), sig"))
        .contains(
            "first 6.18 OK accepted (user keyring)",
            "second 7.3 OK accepted (user keyring)",
            "second 6.18 none advice: second has no form for this kernel");
    assertThat(run.out())
        .contains("advice: etc/bpfseal/manifest is checked by nobody at boot")
        .contains("manifest: signature at boot, carrier none")
        .contains("first: signature at load, carrier kernel");
    assertThat(Run.of("verify", image, "--cert", RSA, "--strict").exitCode()).isEqualTo(1);
    assertThat(Run.of("inspect", image).out())
        .contains("segment", how.replace("plain", "none"), "manifest");
  }

  @Test
  void refusesAChangedImage() throws Exception {
    BundleMaker bundle = BundleMaker.good();
    bundle.change(BundleMaker.FIRST + "7.3/sig.p7s", -1);
    bundle.files.put(BundleMaker.ROOT + "more", Bytes.EMPTY);
    Path image = write(bundle.archive().finish());
    Run run = Run.of("verify", image, "--cert", RSA);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .containsPattern("version 7 +7\\.3 +refused +etc/bpfseal/more is not in the manifest")
        .contains("its signature alone is accepted")
        .containsPattern("first +7\\.3 +EKEYREJECTED +key 01.der did not make");
    assertThat(Run.of("verify", image, "--cert", RSA, "--json").out())
        .contains("\"check\": \"file-unlisted\"", "\"path\": \"etc/bpfseal/more\"");
  }

  /** The image's is 7. */
  @ParameterizedTest
  @CsvSource({"7, 0", "8, 1", "4294967295, 1"})
  void refusesALowerVersionThanWanted(long least, int exitCode) throws Exception {
    Path image = write(BundleMaker.good().archive().finish());
    Run run = Run.of("verify", image, "--cert", RSA, "--min-version", least);
    assertThat(run.exitCode()).isEqualTo(exitCode);
    assertThat(
            run.out().contains("has version 7, which is below the least that is wanted, " + least))
        .isEqualTo(exitCode == 1);
  }

  @Test
  void comparesTheBootLoaderWithAGivenOne() throws Exception {
    Path image = write(BundleMaker.good().archive().finish());
    Path loader = Files.writeString(folder.resolve("init"), "the boot loader");
    assertThat(Run.of("verify", image, "--cert", RSA, "--loader", loader).exitCode()).isZero();
    Files.writeString(loader, "another boot loader");
    Run run = Run.of("verify", image, "--cert", RSA, "--loader", loader);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("usr/lib/bpfseal/init isn't the boot loader that was given");
  }

  @Test
  void cannotReadACutImage() throws Exception {
    Bytes good = BundleMaker.good().archive().finish();
    Path image = write(good.slice(0, good.size() / 2));
    Run run = Run.of("verify", image, "--cert", RSA);
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("preload.img: image: segment 1 / entry ");
    assertThat(Run.of("verify", write(new NewcMaker().folder("a").finish()), "--cert", RSA).err())
        .contains("expected the manifest, found none");
  }

  static List<Arguments> hostile() throws Exception {
    NewcMaker entries = new NewcMaker();
    for (int i = 0; i < 90_000; i++) {
      entries.folder("a");
    }
    NewcMaker paths = new NewcMaker();
    paths.entry("x", 0120777, 1, Bytes.utf8("etc"));
    for (int i = 0; i < 2_000; i++) {
      paths.file("x/".repeat(63) + "y".repeat(3900), Bytes.EMPTY);
    }
    return List.of(
        Arguments.of("a bomb", zeros(1 << 30)),
        Arguments.of("entries", NewcMaker.packed("gzip", entries.finish())),
        Arguments.of("paths", NewcMaker.packed("gzip", paths.finish())),
        // Block header with a dictionary of 1.5 GiB.
        Arguments.of(
            "an xz dictionary",
            Bytes.hex("fd377a585a0000016922de36020021012500000037277cd600000000")),
        // No single segment, window of 2 GiB.
        Arguments.of("a zstd window", Bytes.hex("28b52ffd04a80100000000000000")));
  }

  private static Bytes zeros(int count) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      byte[] chunk = new byte[1 << 20];
      for (int i = 0; i < count >> 20; i++) {
        out.write(chunk);
      }
    }
    return Bytes.owning(packed.toByteArray());
  }

  /** By a process that may use 64 MiB; a fault of ours fails the test. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  void endsWithLittleMemory(String name, Bytes image) throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            "org.bpfseal.verifier.cli.BpfVerify",
            "verify",
            write(image).toString(),
            "--cert",
            RSA.toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isEqualTo(3);
    assertThat(output).contains("bpf-verify: error: ");
  }
}
