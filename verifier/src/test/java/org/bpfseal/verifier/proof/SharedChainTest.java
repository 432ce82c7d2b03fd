// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfseal.verifier.proof.CheckLab.NEW;
import static org.bpfseal.verifier.proof.CheckLab.ROOT;
import static org.bpfseal.verifier.proof.CheckLab.ring;

import java.util.Arrays;
import org.bpfseal.verifier.Advice;
import org.bpfseal.verifier.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Several signers on one chain: what the walk of one has verified, that of the next needn't. No
 * verdict shows it, since one signer is enough; who is called a stranger does.
 */
class SharedChainTest {
  private static final Certificate MIDDLE = issuedBy(ROOT, "Middle", "rsa 2048 2");
  private static final Certificate END = issuedBy(MIDDLE, "End", "rsa 2048 3");

  private static Certificate issuedBy(Certificate issuer, String name, String key) {
    return CertificateRecipe.issuedBy(issuer, CheckLab.KEYS.key(key))
        .subject(CertificateRecipe.name(Der.UTF8_STRING, name))
        .make();
  }

  private static Certificate named(String name) {
    return switch (name) {
      case "root" -> ROOT;
      case "middle" -> MIDDLE;
      default -> END;
    };
  }

  @ParameterizedTest
  @CsvSource({
    "end middle, root, 0",
    "middle end end, root, 0",
    "end middle, middle, 0",
    "end end, end, 0",
    "middle end, end, 1",
  })
  void strangers(String signers, String trusted, int expected) {
    MessageRecipe.Signer[] all =
        Arrays.stream(signers.split(" ", -1))
            .map(name -> CheckLab.signer(named(name)).byIssuer())
            .toArray(MessageRecipe.Signer[]::new);
    MessageRecipe message = CheckLab.by(all).inside(END.tree(), MIDDLE.tree());
    Verdict verdict = CheckLab.load(NEW, message.make(), ring(NEW, named(trusted)));
    assertThat(verdict.word()).isEqualTo("OK");
    assertThat(verdict.advice())
        .filteredOn(advice -> advice.kind() == Advice.Kind.SIGNER_UNKNOWN)
        .hasSize(expected);
  }
}
