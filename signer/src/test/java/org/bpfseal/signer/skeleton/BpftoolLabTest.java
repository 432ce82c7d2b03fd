// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.skeleton;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bpfseal.signer.SignRequest;
import org.bpfseal.signer.Signer;
import org.bpfseal.signer.key.CertificateReader;
import org.bpfseal.signer.key.DigestAlgorithm;
import org.bpfseal.signer.key.KeyReader;
import org.bpfseal.signer.key.SigningIdentity;
import org.bpfseal.signer.object.BpfObjectReader;
import org.bpfseal.signer.object.TargetOptions;
import org.bpfseal.testing.Lab;
import org.bpfseal.testing.ObjectVector;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.program.Generation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same bytes as the bpftool of this machine, for every vector. */
@Tag("lab")
class BpftoolLabTest {
  private static final Path KEY = Lab.repository().resolve("keys-example/rsa.key");
  private static final Path CERTIFICATE = Lab.repository().resolve("keys-example/rsa.crt");

  static List<ObjectVector> vectors() {
    return ObjectVector.all();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void unsigned(ObjectVector vector) throws Exception {
    String header = bpftool(vector);
    LightSkeleton skeleton = skeleton(vector);
    assertThat(skeleton.data()).isEqualTo(literal(header, "opts_data"));
    assertThat(skeleton.insns(LoaderForm.UNSIGNED)).isEqualTo(literal(header, "opts_insn"));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void signed(ObjectVector vector) throws Exception {
    String header = bpftool(vector, "-S", "-k", KEY.toString(), "-i", CERTIFICATE.toString());
    LightSkeleton skeleton = skeleton(vector);
    Bytes insns = skeleton.insns(LoaderForm.SIGNED);
    assertThat(skeleton.data()).isEqualTo(literal(header, "opts_data"));
    assertThat(insns).isEqualTo(literal(header, "opts_insn"));
    assertThat(DigestAlgorithm.SHA_256.digest(insns)).isEqualTo(literal(header, "opts_excl_hash"));
    SigningIdentity identity =
        SigningIdentity.of(
            KeyReader.read(Bytes.owning(Files.readAllBytes(KEY))),
            CertificateReader.read(Bytes.owning(Files.readAllBytes(CERTIFICATE))));
    Bytes payload = Generation.V7_3.payload(insns, skeleton.data());
    assertThat(Signer.sign(SignRequest.builder(payload, identity).build()).der())
        .isEqualTo(literal(header, "opts_sig"));
  }

  private static LightSkeleton skeleton(ObjectVector vector) throws Exception {
    Bytes file = Bytes.owning(Files.readAllBytes(vector.object()));
    return LightSkeleton.of(BpfObjectReader.read(file, vector.name(), TargetOptions.DEFAULT));
  }

  private static String bpftool(ObjectVector vector, String... options) throws Exception {
    List<String> command =
        new ArrayList<>(List.of(Lab.bpftool().toString(), "gen", "skeleton", "-L"));
    command.addAll(List.of(options));
    command.addAll(List.of(vector.object().toString(), "name", vector.name()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String header =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    assertThat(process.waitFor()).isZero();
    return header;
  }

  /** The bytes of a C string that uses \0, \xNN and line splices only. */
  private static Bytes literal(String header, String variable) {
    int name = header.indexOf(" " + variable + "[]");
    assertThat(name).isPositive();
    int begin = header.indexOf('"', name) + 1;
    String text = header.substring(begin, header.indexOf('"', begin)).replace("\\\n", "");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); ) {
      assertThat(text.charAt(i)).isEqualTo('\\');
      if (text.charAt(i + 1) == 'x') {
        bytes.write(Integer.parseInt(text.substring(i + 2, i + 4), 16));
        i += 4;
      } else {
        assertThat(text.charAt(i + 1)).isEqualTo('0');
        bytes.write(0);
        i += 2;
      }
    }
    return Bytes.owning(bytes.toByteArray());
  }
}
