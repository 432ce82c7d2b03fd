// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bpfseal.signer.object.ElfBuilder;
import org.bpfseal.testing.Lab;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What bpftool signs too, but of which the signer should know something. */
class SignWarningTest {
  private static final long RETURN_0 = 0xb7L;
  private static final long EXIT = 0x95L;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "nothing",
      value = {
        "socket | 32 | nothing",
        "socket | 33 | no kernel will load it: it has 33 programs and subprograms, a loader holds 32",
        "?socket | 1 | it has no program to load, only maps"
      })
  void isSignedAndSaid(String section, int functions, String warning) throws Exception {
    Path object = Files.write(folder.resolve("odd.bpf.o"), object(section, functions));
    Path keys = Lab.repository().resolve("keys-example");
    Run sign =
        Run.of(
            "sign",
            "--key",
            keys.resolve("rsa.key"),
            "--cert",
            keys.resolve("rsa.crt"),
            "--out",
            folder,
            object);
    Run show = Run.of("show", object);

    assertThat(sign.status()).isZero();
    assertThat(folder.resolve("odd.bpfs")).isNotEmptyFile();
    assertThat(sign.err())
        .isEqualTo(warning == null ? "" : "bpf-sign: warning: %s: %s\n".formatted(object, warning));
    assertThat(show.out().contains("  warning   " + warning)).isEqualTo(warning != null);
  }

  private static byte[] object(String section, int functions) {
    ElfBuilder elf = new ElfBuilder();
    ByteBuffer code = ElfBuilder.buffer(16 * functions);
    for (int i = 0; i < functions; i++) {
      code.putLong(RETURN_0).putLong(EXIT);
    }
    int at = elf.add(section, 1, 6, ElfBuilder.bytes(code), 0, 0, 0);
    int names = elf.addNames();
    ByteBuffer symbols = ElfBuilder.buffer(24 * (functions + 1));
    symbols.position(24);
    for (int i = 0; i < functions; i++) {
      ElfBuilder.symbol(symbols, 2, 1, at, 16L * i, 16);
    }
    elf.add(".symtab", 2, 0, ElfBuilder.bytes(symbols), names, 0, 24);
    return elf.build();
  }
}
