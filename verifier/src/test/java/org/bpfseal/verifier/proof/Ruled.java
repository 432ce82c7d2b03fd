// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * A question whose answer by Linux 7.3 follows from one rule of the kernel. The mirror is asked by
 * {@link RulesTest}, real kernels by {@link KernelProofTest}.
 *
 * @param certificates added to a fresh keyring
 * @param message signs {@link CheckLab#PROGRAM}; without it the last certificate is what is asked
 * @param word the answer
 */
record Ruled(String rule, List<Bytes> certificates, Optional<Bytes> message, String word) {
  static Ruled certificate(String rule, Bytes der, String word) {
    return new Ruled(rule, List.of(der), Optional.empty(), word);
  }

  static Ruled certificate(String rule, CertificateRecipe recipe, String word) {
    return certificate(rule, recipe.make().der(), word);
  }

  static Ruled message(String rule, Bytes message, String word, Certificate... trusted) {
    List<Bytes> all = Stream.of(trusted).map(Certificate::der).toList();
    return new Ruled(rule, all, Optional.of(message), word);
  }

  static Ruled message(String rule, MessageRecipe message, String word, Certificate... trusted) {
    return message(rule, message.make(), word, trusted);
  }

  Case asked(int id) {
    Optional<Case.Load> load =
        message.map(
            signature ->
                new Case.Load(
                    CheckLab.PROGRAM, signature, false, Case.WHOLE, Case.FRESH, Optional.empty()));
    return new Case(id, rule, certificates, load);
  }

  String wordOf(Answer answer) {
    return message.isPresent()
        ? answer.load()
        : answer.certificates().substring(answer.certificates().lastIndexOf(',') + 1);
  }

  /** What a parameterized test shows. */
  @Override
  public String toString() {
    return rule;
  }
}
