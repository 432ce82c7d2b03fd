// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bpfseal.signer.SignRequest;
import org.bpfseal.signer.Signer;
import org.bpfseal.signer.key.CertificateReader;
import org.bpfseal.signer.key.KeyReader;
import org.bpfseal.signer.key.SigningIdentity;
import org.bpfseal.testing.Lab;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.program.Generation;
import org.bpfseal.verifier.program.SignedForm;
import org.bpfseal.verifier.program.SignedProgram;
import org.bpfseal.verifier.program.SignedProgramReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedProgramWriterTest {
  private static final Path PROGRAMS = Lab.vectors().resolve("signed/programs");

  /** The vectors were written by a script that shares no code with this project. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "good",
        "good-7.3-only",
        "good-6.18-only",
        "good-with-object",
        "good-p256",
        "good-sha512"
      })
  void writesTheVectorsAgain(String name) throws Exception {
    Path file = PROGRAMS.resolve(name + ".bpfs");
    SignedProgram program = read(file);
    assertThat(SignedProgramWriter.write(program).toArray()).isEqualTo(Files.readAllBytes(file));
  }

  /** bpftool and openssl made these signatures. */
  @ParameterizedTest
  @ValueSource(strings = {"good", "good-7.3-only", "good-6.18-only", "good-with-object"})
  void rsaSignaturesAreThoseOfTheVectors(String name) throws Exception {
    SignedProgram program = read(PROGRAMS.resolve(name + ".bpfs"));
    for (SignedForm form : program.forms()) {
      Bytes payload = form.generation().payload(form.insns(), program.data());
      SignRequest request = SignRequest.builder(payload, exampleIdentity()).build();
      assertThat(Signer.sign(request).der()).isEqualTo(form.signature());
    }
  }

  private static SigningIdentity exampleIdentity() throws Exception {
    Path keys = Lab.repository().resolve("keys-example");
    return SigningIdentity.of(
        KeyReader.read(Bytes.owning(Files.readAllBytes(keys.resolve("rsa.key")))),
        CertificateReader.read(Bytes.owning(Files.readAllBytes(keys.resolve("rsa.crt")))));
  }

  /** What the writer makes is read back, whatever is in it; the seed is in the case's name. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void readsWhatIsWritten(long seed) throws Exception {
    Random random = new Random(seed);
    List<SignedForm> forms = new ArrayList<>();
    for (Generation generation : Generation.values()) {
      if (forms.isEmpty() || random.nextBoolean()) {
        Bytes insns = bytes(random, 8 * (1 + random.nextInt(50)));
        forms.add(new SignedForm(generation, insns, bytes(random, random.nextInt(9))));
      }
    }
    Optional<Bytes> object = Optional.of(bytes(random, 5)).filter(kept -> random.nextBoolean());
    SignedProgram program =
        new SignedProgram(
            "n" + random.nextInt(1000), bytes(random, random.nextInt(9)), forms, object);
    assertThat(SignedProgramReader.read(SignedProgramWriter.write(program))).isEqualTo(program);
  }

  private static Bytes bytes(Random random, int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return Bytes.owning(bytes);
  }

  private static SignedProgram read(Path file) throws Exception {
    return SignedProgramReader.read(Bytes.owning(Files.readAllBytes(file)));
  }
}
