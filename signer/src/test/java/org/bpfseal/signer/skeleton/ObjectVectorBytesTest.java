// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.skeleton;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The generator gives what bpftool gave, for every vector, from the object to the signature. */
class ObjectVectorBytesTest {
  static List<ObjectVector> vectors() {
    return ObjectVector.all();
  }

  private static LightSkeleton skeleton(ObjectVector vector) throws Exception {
    Bytes file = Bytes.owning(Files.readAllBytes(vector.object()));
    return LightSkeleton.of(BpfObjectReader.read(file, vector.name(), TargetOptions.DEFAULT));
  }

  private static String sha256(Bytes bytes) {
    return DigestAlgorithm.SHA_256.digest(bytes).toHex();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void blob(ObjectVector vector) throws Exception {
    assertThat(sha256(skeleton(vector).data())).isEqualTo(vector.data());
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void unsignedLoader(ObjectVector vector) throws Exception {
    assertThat(sha256(skeleton(vector).insns(LoaderForm.UNSIGNED)))
        .isEqualTo(vector.unsignedInsns());
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void loaderForKernel73(ObjectVector vector) throws Exception {
    assertThat(sha256(skeleton(vector).insns(LoaderForm.SIGNED))).isEqualTo(vector.insns());
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void loaderForKernel618(ObjectVector vector) throws Exception {
    assertThat(sha256(skeleton(vector).insns(LoaderForm.SIGNED_SELF_CHECKING)))
        .isEqualTo(vector.b2());
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void signatures(ObjectVector vector) throws Exception {
    LightSkeleton skeleton = skeleton(vector);
    assertThat(signature(skeleton, Generation.V7_3)).isEqualTo(vector.signature());
    assertThat(signature(skeleton, Generation.V6_18)).isEqualTo(vector.b2Signature());
  }

  private static String signature(LightSkeleton skeleton, Generation generation) throws Exception {
    Bytes payload = generation.payload(skeleton.insns(LoaderForm.of(generation)), skeleton.data());
    SigningIdentity identity =
        SigningIdentity.of(
            KeyReader.read(example("rsa.key")), CertificateReader.read(example("rsa.crt")));
    return sha256(Signer.sign(SignRequest.builder(payload, identity).build()).der());
  }

  private static Bytes example(String name) throws Exception {
    return Bytes.owning(Files.readAllBytes(Lab.repository().resolve("keys-example/" + name)));
  }
}
