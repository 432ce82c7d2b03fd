// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpfseal.testing.FirmwareVariables;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.keyring.KeyListReader;
import org.bpfseal.verifier.keyring.ListedKey;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code /proc/keys} of real kernels whose firmware brought a platform key: each key that {@code
 * keyctl(2)} describes is read from the list as the same.
 */
@Tag("lab")
class KeyListTest {
  private static final int NAME_IN_THE_LIST = 9;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"6.12", "7.3"})
  void theListSaysWhatTheCallsSay(String series) throws Exception {
    Certificate platform = CertificateRecipe.root(CheckLab.RSA).make();
    Certificate users = CertificateRecipe.issuedBy(platform, CheckLab.OTHER_RSA).make();
    FirmwareVariables variables = new FirmwareVariables().trusted(List.of(platform.der()));
    List<String> told = RealKernel.of(series, folder).withFirmware(variables).keys(users.der());
    Bytes list = Bytes.utf8(behind(told, "list ").collect(Collectors.joining("\n")));
    List<ListedKey> read = KeyListReader.read(list);
    List<String> described = behind(told, "describe ").toList();
    assertThat(read).hasSameSizeAs(described).hasSizeGreaterThan(10);
    for (int i = 0; i < read.size(); i++) {
      String[] words = described.get(i).split("[ ;]", 6);
      assertThat(read.get(i).serial()).isEqualTo(Integer.parseUnsignedInt(words[0], 16));
      String type = words[1];
      assertThat(read.get(i).type())
          .isEqualTo(type.substring(0, Math.min(NAME_IN_THE_LIST, type.length())));
      assertThat(read.get(i).description().toUtf8()).startsWith(words[5]);
    }
    assertThat(read)
        .extracting(key -> key.type() + " " + key.description().toUtf8())
        .contains("keyring .platform: 1")
        .anyMatch(key -> key.startsWith("asymmetri Example Root: " + platform.skid().toHex()))
        .anyMatch(key -> key.startsWith("asymmetri Example Signer: " + users.skid().toHex()));
  }

  private static Stream<String> behind(List<String> lines, String word) {
    return lines.stream()
        .filter(line -> line.startsWith(word))
        .map(line -> line.substring(word.length()));
  }
}
