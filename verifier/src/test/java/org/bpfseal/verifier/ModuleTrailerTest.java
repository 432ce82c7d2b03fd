// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.bpfseal.verifier.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** kernel/module_signature.c: mod_check_sig(), and where the marker must be. */
class ModuleTrailerTest {
  private static final Bytes MARKER = Bytes.utf8("~Module signature appended~\n");

  private static Bytes file(String before) {
    return Bytes.concat(Bytes.hex(before), MARKER);
  }

  @ParameterizedTest
  @CsvSource({
    "ab 000002000000000000000000, ab, ''",
    "abcd 000002000000000000000001, ab, cd",
    "abcdef 000002000000000000000002, ab, cdef",
  })
  void takenApart(String before, String module, String message) throws Refusal {
    ModuleTrailer trailer = ModuleTrailer.read(file(before.replace(" ", ""))).orElseThrow();
    assertThat(trailer.module().toHex()).isEqualTo(module);
    assertThat(trailer.message().toHex()).isEqualTo(message);
  }

  @Test
  void longMessage() throws Refusal {
    Bytes message = Bytes.owning(new byte[0x01020304 % 70000]);
    Bytes trailer = Bytes.hex("0000020000000000%08x".formatted(message.size()));
    Bytes file = Bytes.concat(Bytes.of((byte) 1), message, trailer, MARKER);
    assertThat(ModuleTrailer.read(file).orElseThrow().message()).isEqualTo(message);
  }

  /** The first octet of the length is not one of the fields that must be 0. */
  @Test
  void messageAbove16Mebibytes() throws Refusal {
    Bytes message = Bytes.owning(new byte[1 << 24]);
    Bytes file =
        Bytes.concat(Bytes.of((byte) 1), message, Bytes.hex("000002000000000001000000"), MARKER);
    assertThat(ModuleTrailer.read(file).orElseThrow().module().toHex()).isEqualTo("01");
  }

  /** Bytes before the marker, and the refusal. */
  @ParameterizedTest
  @CsvSource({
    "00, module / trailer at byte 0: 1 bytes before the marker are too few",
    "000002000000000000000000, module / trailer at byte 0: 12 bytes before the marker are too few",
    "ab000002000000000000000001, module / trailer at byte 9: 1 bytes before the marker are too few",
    "ab0000020000000000ffffffff, module / trailer at byte 9: 1 bytes before the marker are too few",
    "ab000001000000000000000000, 'module / trailer at byte 3: id_type is 1, not 2 (PKCS#7)'",
    "ab010002000000000000000000, module / trailer at byte 1: trailer field 0 is not 0",
    "ab000102000000000000000000, module / trailer at byte 2: trailer field 1 is not 0",
    "ab000002010000000000000000, module / trailer at byte 4: trailer field 3 is not 0",
    "ab000002000000000100000000, module / trailer at byte 8: trailer field 7 is not 0",
    "ab010001000000000000000000, 'module / trailer at byte 3: id_type is 1, not 2 (PKCS#7)'",
    "ab010001000000000000000001, module / trailer at byte 9: 1 bytes before the marker are too few",
  })
  void refused(String before, String message) {
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> ModuleTrailer.read(file(before)));
    assertThat(refusal.getMessage()).isEqualTo(message);
  }

  @Test
  void withoutMarkerItIsUnsigned() throws Refusal {
    assertThat(ModuleTrailer.read(Bytes.EMPTY)).isEmpty();
    assertThat(ModuleTrailer.read(MARKER)).isEmpty();
    assertThat(ModuleTrailer.read(MARKER.from(1))).isEmpty();
    assertThat(ModuleTrailer.read(Bytes.concat(Bytes.hex("ab"), MARKER.slice(0, 27)))).isEmpty();
    assertThat(ModuleTrailer.read(Bytes.concat(file("ab"), Bytes.hex("00")))).isEmpty();
  }
}
