// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bpfseal.testing.Lab;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.keyring.Keyring;
import org.bpfseal.verifier.program.Generation;
import org.bpfseal.verifier.program.SignedForm;
import org.bpfseal.verifier.program.SignedProgram;
import org.bpfseal.verifier.program.SignedProgramReader;
import org.bpfseal.verifier.x509.CertificateFileReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The map of a program that is signed directly, and bound to its load. */
class ProgramWithoutLoaderTest {
  private static Bytes read(Path file) throws Exception {
    return Bytes.owning(Files.readAllBytes(file));
  }

  /** The kernel hashes the map behind the instructions, so one that wasn't signed changes them. */
  @ParameterizedTest
  @CsvSource({"'', OK", "a value!, EKEYREJECTED"})
  void aMapIsBoundIfThereIsOne(String value, String word) throws Exception {
    KernelMirror mirror = KernelMirror.of(KernelProfile.debianCloud(KernelRelease.series(7, 3)));
    Keyring.Builder ring = Keyring.named("release");
    Path certificate = Lab.repository().resolve("keys-example/rsa.crt");
    mirror.addKey(ring, CertificateFileReader.readOne(read(certificate)));
    SignedProgram signed =
        SignedProgramReader.read(read(Lab.vectors().resolve("signed/programs/good-direct.bpfs")));
    SignedForm form = signed.form(Generation.V7_3).orElseThrow();
    SignedProgram program =
        new SignedProgram(
            "name", Bytes.utf8(value), signed.direct(), List.of(form), Optional.empty());
    assertThat(mirror.judge(program, form, new KeyringSelector.Given(ring.build())).word())
        .isEqualTo(word);
  }
}
