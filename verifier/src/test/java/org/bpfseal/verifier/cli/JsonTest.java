// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void rendersNested() {
    assertThat(Json.of(Map.of("a", List.of(1, true, 5_000_000_000L))))
        .isEqualTo("{\n  \"a\": [\n    1,\n    true,\n    5000000000\n  ]\n}");
    assertThat(Json.of(List.of(Map.of(), List.of()))).isEqualTo("[\n  {},\n  []\n]");
  }

  @Test
  void escapesWhatMustBe() {
    assertThat(Json.of("q\" b\\ n\n t\t e\u001b ü"))
        .isEqualTo("\"q\\\" b\\\\ n\\n t\\t e\\u001b ü\"");
  }

  @Test
  void refusesOtherValues() {
    assertThatIllegalArgumentException().isThrownBy(() -> Json.of(1.5));
  }
}
