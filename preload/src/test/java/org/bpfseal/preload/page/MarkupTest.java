// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkupTest {
  /** A certificate's subject may be anything. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          </title><script>,    &lt;/title&gt;&lt;script&gt;
          "onload='x' & more,  &quot;onload=&#39;x&#39; &amp; more
          a\u202eb\u001bc,          a\ufffdb\ufffdc
          größe ✓ 試験,         größe ✓ 試験
          """)
  void nothingInATextIsMarkup(String text, String markup) {
    assertThat(Markup.text(text)).isEqualTo(markup);
  }
}
