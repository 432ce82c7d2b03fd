// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bpfseal.signer.key.DigestAlgorithm;
import org.bpfseal.testing.Lab;
import org.bpfseal.testing.MalformedVector;
import org.bpfseal.testing.ObjectVector;
import org.bpfseal.testing.RefusedVector;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.program.Generation;
import org.bpfseal.verifier.program.SignedForm;
import org.bpfseal.verifier.program.SignedProgram;
import org.bpfseal.verifier.program.SignedProgramReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SignLoaderTest {
  private static final Path KEYS = Lab.repository().resolve("keys-example");
  private static final Path OBJECTS = Lab.vectors().resolve("objects/clang-19");
  private static final Path SOCKET_FILTER = OBJECTS.resolve("socket-filter.bpf.o");
  private static final Path GLOBAL_DATA = OBJECTS.resolve("global-data.bpf.o");

  @TempDir Path folder;

  static List<ObjectVector> vectors() {
    return ObjectVector.all();
  }

  static List<RefusedVector> refused() {
    return RefusedVector.all();
  }

  static List<MalformedVector> malformed() {
    return MalformedVector.all();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void writesBothFormsOfEachVector(ObjectVector vector) throws Exception {
    Run run = sign(vector.object());
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    SignedProgram program = program(vector.name());
    assertThat(program.name()).isEqualTo(vector.name());
    assertThat(sha256(program.data())).isEqualTo(vector.data());
    assertThat(program.forms())
        .satisfiesExactly(
            form -> assertForm(form, Generation.V7_3, vector.insns(), vector.signature()),
            form -> assertForm(form, Generation.V6_18, vector.b2(), vector.b2Signature()));
    assertThat(program.object()).isEmpty();
  }

  @Test
  void equalsThePackedOutputOfBpftool() throws Exception {
    sign(SOCKET_FILTER);
    assertThat(folder.resolve("socket-filter.bpfs"))
        .hasSameBinaryContentAs(Lab.vectors().resolve("signed/programs/good.bpfs"));
  }

  @Test
  void saysWhatItDid() {
    Run run = sign(SOCKET_FILTER, GLOBAL_DATA);
    assertThat(run.out().lines().toList())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("socket-filter   7.3 ok  6.18 ok   " + folder),
            line -> assertThat(line).startsWith("global-data     7.3 ok  6.18 ok   " + folder),
            line -> assertThat(line).isEqualTo("2 signed"));
  }

  @Test
  void takesOneFormAnotherNameAndTheObject() throws Exception {
    Run run = sign("--for", "6.18", "--name", "other", "--keep-object", GLOBAL_DATA);
    assertThat(run.status()).isZero();
    SignedProgram program = program("global-data");
    assertThat(program.name()).isEqualTo("other");
    assertThat(program.forms())
        .extracting(SignedForm::generation)
        .containsExactly(Generation.V6_18);
    assertThat(program.object()).contains(Bytes.owning(Files.readAllBytes(GLOBAL_DATA)));
    assertThat(program.data().toUtf8()).contains("other.data").doesNotContain("global-d.data");
  }

  @Test
  void checksWithoutAKey() throws Exception {
    sign("--for", "7.3", "--name", "other", "--keep-object", GLOBAL_DATA);
    Path file = folder.resolve("global-data.bpfs");
    Run same = Run.of("sign", "--check", "--out", folder, GLOBAL_DATA);
    assertThat(same.out()).contains("7.3 same").endsWith("1 same\n");
    assertThat(same.status()).isZero();
    byte[] bytes = Files.readAllBytes(file);
    bytes[3000] ^= 1;
    Files.write(file, bytes);
    Run differs = Run.of("sign", "--check", "--out", folder, GLOBAL_DATA);
    assertThat(differs.out()).contains("is not what " + GLOBAL_DATA + " gives, first at byte 3000");
    assertThat(differs.status()).isEqualTo(1);
    assertThat(file).hasBinaryContent(bytes);
  }

  @Test
  void checksSignaturesWithAKey() throws Exception {
    sign(SOCKET_FILTER);
    assertThat(sign("--check", SOCKET_FILTER).out()).contains("7.3 same  6.18 same");
    Run other =
        Run.of(
            "sign",
            "--check",
            "--out",
            folder,
            SOCKET_FILTER,
            "-k",
            KEYS.resolve("p256.key"),
            "-i",
            KEYS.resolve("p256.crt"));
    assertThat(other.status()).isEqualTo(1);
  }

  @Test
  void replacesNothingWithoutForce() {
    assertThat(sign(SOCKET_FILTER).status()).isZero();
    assertThat(sign(SOCKET_FILTER).status()).isEqualTo(5);
    assertThat(sign("--force", SOCKET_FILTER).status()).isZero();
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesAndNamesSectionAndSymbol(RefusedVector vector) {
    Run run = sign(vector.object());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("refused: ", "\"" + vector.section() + "\"", "hint: ");
    vector.symbol().ifPresent(symbol -> assertThat(run.out()).contains("\"" + symbol + "\""));
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({"needs-kconfig, --kconfig", "needs-target-cpus, --target-cpus"})
  void namesTheOptionThatIsMissing(String why, String option) {
    List<RefusedVector> vectors =
        refused().stream().filter(vector -> vector.why().equals(why)).toList();
    assertThat(vectors).isNotEmpty();
    vectors.forEach(
        vector -> assertThat(sign(vector.object()).out()).contains("hint: give", option));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void saysWhereDamageIs(MalformedVector vector) {
    Run run = sign(vector.object());
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .containsPattern("bpf-sign: error: .*(ELF|BTF|BTF\\.ext): .* at byte [0-9]+: expected ");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void oneRefusedObjectStopsNoOther() {
    Run run = sign(refused().getFirst().object(), SOCKET_FILTER);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).endsWith("1 signed, 1 refused\n");
  }

  @ParameterizedTest
  @CsvSource({
    "--for, 5.0",
    "--name, .hidden",
    "--target-page-size, 1000",
    "--target-cpus, 0",
    "--target-release, six"
  })
  void wrongValuesAreUsageErrors(String option, String value) {
    Run run = sign(option, value, SOCKET_FILTER);
    assertThat(run.status()).isEqualTo(2);
    assertThat(folder).isEmptyDirectory();
  }

  private void assertForm(SignedForm form, Generation generation, String insns, String signature) {
    assertThat(form.generation()).isEqualTo(generation);
    assertThat(sha256(form.insns())).isEqualTo(insns);
    assertThat(sha256(form.signature())).isEqualTo(signature);
  }

  private SignedProgram program(String stem) throws Exception {
    return SignedProgramReader.read(
        Bytes.owning(Files.readAllBytes(folder.resolve(stem + ".bpfs"))));
  }

  private static String sha256(Bytes bytes) {
    return DigestAlgorithm.SHA_256.digest(bytes).toHex();
  }

  private Run sign(Object... words) {
    List<Object> all =
        new ArrayList<>(
            List.of(
                "sign",
                "-k",
                KEYS.resolve("rsa.key"),
                "-i",
                KEYS.resolve("rsa.crt"),
                "--out",
                folder));
    Stream.of(words).forEach(all::add);
    return Run.of(all.toArray());
  }
}
