// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfseal.verifier.proof.CheckLab.PROGRAM;
import static org.bpfseal.verifier.proof.CheckLab.ring;
import static org.bpfseal.verifier.proof.MessageRecipe.contentType;

import org.bpfseal.verifier.CryptoModule;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.bytes.Bytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Messages by ML-DSA keys: it signs the content itself, or the attributes themselves, no digest of
 * them. pkcs7_digest() of crypto/asymmetric_keys/pkcs7_verify.c, 7.0.
 */
class MlDsaTest {
  private static final KernelProfile PROFILE = CheckLab.with(CryptoModule.MLDSA);

  @ParameterizedTest
  @ValueSource(ints = {44, 65, 87})
  void signsContentOrAttributes(int level) {
    Certificate root = CertificateRecipe.root(CheckLab.KEYS.key("mldsa " + level + " 0")).make();
    MessageRecipe.Signer direct = CheckLab.signer(root).hash(Hash.SHA512);
    Bytes other = Bytes.utf8("other");
    assertThat(load(root, CheckLab.by(direct))).isEqualTo("OK");
    assertThat(load(root, CheckLab.by(direct.attributes(contentType(), digest(PROGRAM)))))
        .isEqualTo("OK");
    assertThat(load(root, MessageRecipe.of(other, direct))).isEqualTo("EKEYREJECTED");
    assertThat(load(root, CheckLab.by(direct.attributes(contentType(), digest(other)))))
        .isEqualTo("EKEYREJECTED");
  }

  private static Node digest(Bytes content) {
    return MessageRecipe.attribute("1.2.840.113549.1.9.4", Der.octets(Hash.SHA512.of(content)));
  }

  private static String load(Certificate root, MessageRecipe message) {
    return CheckLab.load(PROFILE, message.make(), ring(PROFILE, root)).word();
  }
}
