// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfseal.verifier.proof.CheckLab.PROGRAM;
import static org.bpfseal.verifier.proof.CheckLab.by;
import static org.bpfseal.verifier.proof.CheckLab.signature;
import static org.bpfseal.verifier.proof.CheckLab.signer;

import java.math.BigInteger;
import java.util.Optional;
import org.bpfseal.verifier.Check;
import org.bpfseal.verifier.CryptoModule;
import org.bpfseal.verifier.Finding;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.Verdict;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.keyring.Keyring;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** crypto/ecrdsa.c refuses numbers out of range and wrong signatures with one errno. */
class GostRangeTest {
  private static final KernelProfile PROFILE =
      CheckLab.with(CryptoModule.STREEBOG, CryptoModule.ECRDSA);
  private static final GostKey KEY =
      (GostKey) CheckLab.KEYS.key("gost " + GostKey.CURVE_256_B + " 0");
  private static final Bytes GOOD = KEY.sign(Hash.STREEBOG_256, PROGRAM, 0);

  private static Certificate root() {
    CertificateRecipe usual = CertificateRecipe.root(KEY);
    return new CertificateRecipe(
            KEY,
            Optional.empty(),
            Hash.STREEBOG_256,
            usual.subject(),
            usual.publicKey(),
            usual.validity(),
            usual.extensions())
        .make();
  }

  /** A number less than the order by so much, or zero; which of the two it is; who refuses. */
  @ParameterizedTest
  @CsvSource({
    "r, zero, GOST_RANGE",
    "s, zero, GOST_RANGE",
    "r, 0, GOST_RANGE",
    "s, 0, GOST_RANGE",
    "r, 1, GOST_SIGNATURE",
    "s, 1, GOST_SIGNATURE",
  })
  void range(String which, String less, Check check) {
    BigInteger number =
        less.equals("zero") ? BigInteger.ZERO : KEY.curve().getN().subtract(new BigInteger(less));
    Bytes octets = RsaKey.octets(number, 32);
    Bytes value =
        which.equals("s")
            ? Bytes.concat(octets, GOOD.from(32))
            : Bytes.concat(GOOD.slice(0, 32), octets);
    Certificate root = root();
    MessageRecipe message = by(signer(root).byIssuer().hash(Hash.STREEBOG_256)).inside(root.tree());
    Verdict verdict =
        CheckLab.load(PROFILE, message.changed(signature(value)).make(), Keyring.empty("nobody"));
    Finding decisive = ((Verdict.Rejected) verdict).decisive();
    assertThat(decisive.check()).isEqualTo(check);
    if (check == Check.GOST_RANGE) {
      assertThat(decisive.values()).containsExactly(which);
    }
  }
}
