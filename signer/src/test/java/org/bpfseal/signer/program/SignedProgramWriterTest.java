// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveInputStream;
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
    SignedProgram program = program(members(file));
    assertThat(SignedProgramWriter.write(program).toArray()).isEqualTo(Files.readAllBytes(file));
  }

  /** bpftool and openssl made these signatures. */
  @ParameterizedTest
  @ValueSource(strings = {"good", "good-7.3-only", "good-6.18-only", "good-with-object"})
  void rsaSignaturesAreThoseOfTheVectors(String name) throws Exception {
    SignedProgram program = program(members(PROGRAMS.resolve(name + ".bpfs")));
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

  private static SignedProgram program(Map<String, Bytes> members) {
    List<SignedForm> forms = new ArrayList<>();
    for (Generation generation : Generation.values()) {
      Bytes insns = members.get(generation.id() + "/insns");
      Bytes signature = members.get(generation.id() + "/sig.p7s");
      if (insns != null && signature != null) {
        forms.add(new SignedForm(generation, insns, signature));
      }
    }
    return new SignedProgram(
        members.getOrDefault("name", Bytes.EMPTY).toUtf8().strip(),
        members.getOrDefault("data", Bytes.EMPTY),
        forms,
        Optional.ofNullable(members.get("object")));
  }

  private static Map<String, Bytes> members(Path file) throws IOException {
    Map<String, Bytes> members = new LinkedHashMap<>();
    try (InputStream in = Files.newInputStream(file);
        CpioArchiveInputStream archive =
            new CpioArchiveInputStream(in, 4, StandardCharsets.UTF_8.name())) {
      CpioArchiveEntry entry = archive.getNextEntry();
      while (entry != null) {
        members.put(entry.getName(), Bytes.owning(archive.readAllBytes()));
        entry = archive.getNextEntry();
      }
    }
    return members;
  }
}
