// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.bpfseal.verifier.bytes.Bytes;
import org.junit.jupiter.api.Test;

/** A disagreement can only be studied when its case can be made again. */
class CaseMakerTest {
  private static final List<Case> FIRST = cases(5);

  private static List<Case> cases(long seed) {
    CaseMaker maker = new CaseMaker(seed, false);
    return IntStream.range(0, 20).mapToObj(maker::make).toList();
  }

  @Test
  void aSeedGivesTheSameCasesAgain() {
    assertThat(cases(5)).isEqualTo(FIRST).isNotEqualTo(cases(6));
  }

  @Test
  void aCaseDoesNotDependOnThoseBeforeIt() {
    assertThat(new CaseMaker(5, false).make(17)).isEqualTo(FIRST.get(17));
  }

  @Test
  void theStoryTellsTheChange() {
    assertThat(FIRST).anyMatch(each -> each.story().contains("message:"));
    assertThat(FIRST).anyMatch(each -> each.story().contains("ring:"));
  }

  @Test
  void aSignatureFollowsWhatItSigns() {
    LabKey key = new KeyPool(5, false).key("rsa 1024 0");
    Node signed = Der.sequence(Der.integer(1)).labelled("signed");
    Node signature =
        Node.of(Der.OCTET_STRING, all -> key.sign(Hash.SHA256, all.element("signed"), 0));
    Node tree = Der.sequence(signed, signature);
    Node changed = tree.replaced(2, List.of(Der.integer(2)));
    Bytes expected = key.sign(Hash.SHA256, Bytes.hex("3003020102"), 0);

    assertThat(Encoding.of(changed).toHex()).endsWith(expected.toHex());
    assertThat(
            Encoding.of(tree.frozen(new Encoding(tree)).replaced(2, List.of(Der.integer(2))))
                .toHex())
        .doesNotEndWith(expected.toHex());
  }

  @Test
  void lengthsAreWrittenInEveryForm() {
    Node octets = Der.octets(Bytes.hex("aa"));
    assertThat(Encoding.of(octets).toHex()).isEqualTo("0401aa");
    assertThat(Encoding.of(octets.sized(new Node.Length.LongForm(2))).toHex())
        .isEqualTo("04820001aa");
    assertThat(Encoding.of(octets.sized(new Node.Length.Off(3))).toHex()).isEqualTo("0404aa");
    assertThat(Encoding.of(Der.sequence(octets).sized(new Node.Length.Indefinite())).toHex())
        .isEqualTo("30800401aa0000");
    assertThat(Encoding.of(Der.octets(Bytes.owning(new byte[300]))).toHex())
        .startsWith("0482012c00");
  }
}
