// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bpfseal.testing.Lab;
import org.bpfseal.testing.SignedVector;
import org.bpfseal.verifier.Advice;
import org.bpfseal.verifier.KernelRelease;
import org.bpfseal.verifier.Verdict;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.program.SignedProgramReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class VerifyCommandTest {
  private static final Path PROGRAMS = Lab.vectors().resolve("signed/programs");
  private static final Path KEYS = Lab.repository().resolve("keys-example");
  private static final Path GOOD = PROGRAMS.resolve("good.bpfs");
  private static final Path RSA = KEYS.resolve("rsa.crt");

  @TempDir Path folder;

  static List<SignedVector> all() {
    return SignedVector.all();
  }

  /** What real kernels said, by way of the command line. */
  @ParameterizedTest
  @MethodSource("all")
  void answersAsTheKernelsDid(SignedVector vector) {
    for (String kernel : List.of("7.3", "6.18")) {
      String verdict = String.valueOf(vector.verdicts().get(kernel));
      Run run =
          Run.of("verify", vector.program(), "--cert", vector.certificate(), "--kernel", kernel);
      if (verdict.equals(SignedVector.FORMAT)) {
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("bpf-verify: error: " + vector.program() + ": bpfs: ");
      } else {
        assertThat(run.out().lines().findFirst().orElse("").split(" +", 4))
            .contains(kernel, verdict);
        assertThat(run.exitCode()).isEqualTo(verdict.equals("OK") ? 0 : 1);
        assertThat(run.err()).isEmpty();
      }
    }
  }

  @Test
  void aRefusalSaysWhereWhyAndWhatToDo() {
    Run run = Run.of("verify", PROGRAMS.resolve("other-key.bpfs"), "--cert", RSA);
    assertThat(run.out().lines().map(String::strip))
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .matches(
                        "other-key +7\\.3 +ENOKEY +no key in keyring user vouches for [0-9a-f]{40}"),
            line ->
                assertThat(line).startsWith("at signature / signerInfos[0] / sid, byte 67, check "),
            line -> assertThat(line).matches("crypto/asymmetric_keys/\\S+ \\w+\\(\\)"),
            line -> assertThat(line).startsWith("hint: "));
  }

  @Test
  void severalKernelsAndFilesInOneTable() {
    Path other = PROGRAMS.resolve("good-7.3-only.bpfs");
    Run run = Run.of("verify", GOOD, other, "--cert", RSA, "--kernel", "7.3,6.18.15");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out().lines().limit(4).map(line -> line.substring(0, 31)))
        .containsExactly(
            "good           7.3      OK    a",
            "good           6.18.15  OK    a",
            "good-7.3-only  7.3      OK    a",
            "good-7.3-only  6.18.15  none  i");
    assertThat(run.out()).contains("none  it has no form for this kernel");
  }

  @Test
  void jsonHoldsTheSame() {
    Run run = Run.of("verify", PROGRAMS.resolve("sig-short.bpfs"), "--cert", RSA, "--json");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .startsWith("{\n  \"schema\": \"bpf-verify-verify 1\"")
        .contains("\"verdict\": \"EBADMSG\"", "\"check\": \"ber-overrun\"", "\"offset\": 4");
  }

  @ParameterizedTest
  @CsvSource({"user", "builtin", "secondary", "platform"})
  void theCertificateIsInTheKeyringThatIsNamed(String keyring) {
    Run run = Run.of("verify", GOOD, "--cert", RSA, "--keyring", keyring);
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("accepted (" + keyring + " keyring), signed by \"bpfseal");
  }

  @Test
  void adviceRefusesOnlyWhenAsked() {
    Advice advice = Advice.of(Advice.Kind.TRAILING_BYTES, "signature", "1");
    Answer answer =
        new Answer(
            GOOD,
            "good",
            KernelRelease.series(7, 3),
            Optional.of(new Verdict.Accepted(List.of(advice))),
            Optional.empty(),
            "user");
    assertThat(answer.exitCode(false)).isEqualTo(ExitCode.OK);
    assertThat(answer.exitCode(true)).isEqualTo(ExitCode.REFUSED);
    assertThat(answer.lines()).contains(List.of("", "", "", "advice: " + advice.message()));
  }

  /** The 6.18 form's signature covers the instructions, so these are its content. */
  @Test
  void detachedSignaturesOfFiles() throws Exception {
    var program = SignedProgramReader.read(Bytes.owning(Files.readAllBytes(GOOD)));
    Path content = folder.resolve("insns");
    Path signature = folder.resolve("insns.p7s");
    Files.write(content, program.forms().get(1).insns().toArray());
    Files.write(signature, program.forms().get(1).signature().toArray());
    assertThat(Run.of("verify", signature, "--cert", RSA).exitCode()).isZero();
    assertThat(Run.of("verify", signature, "--cert", KEYS.resolve("other.crt")).out())
        .contains("ENOKEY");
    Run other = Run.of("verify", signature, "--cert", RSA, "--content", GOOD);
    assertThat(other.exitCode()).isEqualTo(1);
    assertThat(other.out()).contains("EKEYREJECTED");
    assertThat(Run.of("inspect", signature).out()).contains("  id f4fac9be4aac13e2479d");
    Files.delete(content);
    assertThat(Run.of("verify", signature, "--cert", RSA).exitCode()).isEqualTo(3);
    Files.write(signature, new byte[] {1});
    assertThat(Run.of("verify", signature, "--cert", RSA, "--content", GOOD).out())
        .contains("EBADMSG");
  }

  @Test
  void badCommandLinesAndCertificates() throws Exception {
    assertThat(Run.of("verify", GOOD).exitCode()).isEqualTo(2);
    assertThat(Run.of("verify", "--cert", RSA).exitCode()).isEqualTo(2);
    assertThat(Run.of("verify", GOOD, "--cert", RSA, "--kernel", "new").exitCode()).isEqualTo(2);
    assertThat(Run.of("verify", GOOD, "--cert", RSA, "--keyring", "x").exitCode()).isEqualTo(2);
    assertThat(Run.of("verify", GOOD, "--cert", KEYS.resolve("rsa.key")).exitCode()).isEqualTo(3);
    assertThat(Run.of("verify", GOOD, "--cert", folder.resolve("none")).exitCode()).isEqualTo(3);
    Path damaged = folder.resolve("damaged.der");
    Files.write(damaged, new byte[] {0x30, 0x10, 0});
    Run run = Run.of("verify", GOOD, "--cert", damaged);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains("kernel 7.3 refuses certificate " + damaged + " in keyring user with EBADMSG");
    Path manifest = Lab.vectors().resolve("manifest/good-typical.txt");
    assertThat(Run.of("verify", manifest, "--cert", RSA).exitCode()).isEqualTo(2);
  }
}
