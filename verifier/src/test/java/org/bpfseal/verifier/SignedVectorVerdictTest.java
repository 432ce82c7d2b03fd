// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Optional;
import org.bpfseal.testing.SignedVector;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.keyring.Keyring;
import org.bpfseal.verifier.program.Generation;
import org.bpfseal.verifier.program.SignedForm;
import org.bpfseal.verifier.program.SignedProgram;
import org.bpfseal.verifier.program.SignedProgramReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The mirror says of each signed program what real kernels said. */
class SignedVectorVerdictTest {
  static List<SignedVector> programs() {
    return SignedVector.all().stream()
        .filter(vector -> !vector.verdicts().containsValue(SignedVector.FORMAT))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("programs")
  void kernel73(SignedVector vector) throws Exception {
    assertThat(answer(vector, KernelRelease.series(7, 3), Generation.V7_3))
        .isEqualTo(vector.verdicts().get("7.3"));
  }

  @ParameterizedTest
  @MethodSource("programs")
  void kernel618(SignedVector vector) throws Exception {
    assertThat(answer(vector, KernelRelease.series(6, 18), Generation.V6_18))
        .isEqualTo(vector.verdicts().get("6.18"));
  }

  private static String answer(SignedVector vector, KernelRelease release, Generation generation)
      throws Exception {
    SignedProgram program =
        SignedProgramReader.read(Bytes.owning(Files.readAllBytes(vector.program())));
    Optional<SignedForm> form = program.form(generation);
    if (form.isEmpty()) {
      return SignedVector.NO_FORM;
    }
    KernelMirror mirror = KernelMirror.of(KernelProfile.debianCloud(release));
    Keyring.Builder ring = Keyring.named("vectors");
    assertThat(mirror.addKey(ring, der(vector.certificate())).verdict().isAccepted()).isTrue();
    return mirror.judge(program, form.get(), new KeyringSelector.Given(ring.build())).word();
  }

  private static Bytes der(Path pem) throws Exception {
    return Bytes.owning(
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(pem)))
            .getEncoded());
  }
}
