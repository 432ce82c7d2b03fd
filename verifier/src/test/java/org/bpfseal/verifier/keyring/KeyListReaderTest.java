// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyListReaderTest {
  static final String LIST =
      """
      034a2698 I--Q---     1 perm 0c030000     0 65534 keyring   .user_reg: 2
      fe33daf1 I-----i     1 expd 1f3f0000  1000    -1 asymmetri A: 12ab: X509.rsa 12ab []
      3c98b3e1 I------ 12345  12s 1f0b0000     0     0 keyring   .builtin_trusted_keys: empty
      """;

  @Test
  void keysInTheirOrder() throws Exception {
    assertThat(KeyListReader.read(Bytes.utf8(LIST)))
        .containsExactly(
            new ListedKey(0x034a2698, "keyring", Bytes.utf8(".user_reg: 2")),
            new ListedKey(0xfe33daf1, "asymmetri", Bytes.utf8("A: 12ab: X509.rsa 12ab []")),
            new ListedKey(0x3c98b3e1, "keyring", Bytes.utf8(".builtin_trusted_keys: empty")));
    assertThat(KeyListReader.read(Bytes.EMPTY)).isEmpty();
  }

  @Test
  void descriptionsMayHoldLineFeeds() throws Exception {
    String odd = LIST.replace("A: 12ab", "A\n\n034a2698 B");
    assertThat(KeyListReader.read(Bytes.utf8(odd))).extracting(ListedKey::type).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "x\n", "034a2698 I--Q---     1 perm 0c030000     0 65534\n"})
  void whatBeginsWithNoKeyIsNoList(String list) {
    assertThatThrownBy(() -> KeyListReader.read(Bytes.utf8(list)))
        .isInstanceOf(FormatException.class)
        .hasMessage("key list: line 1 at byte 0: expected a key as /proc/keys has it");
  }
}
