// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.bpfseal.testing.Lab;
import org.junit.jupiter.api.Test;

/** The boot loader's tables in C say the same. */
class TypeNamesTest {
  private static final Pattern NAME = Pattern.compile("\"([a-z0-9_]+)\",");

  @Test
  void mapTypesAreThoseOfTheBootLoader() throws IOException {
    assertThat(table("map_types"))
        .hasSize(35)
        .isEqualTo(
            LongStream.rangeClosed(1, MapType.values().length)
                .mapToObj(number -> MapType.of(number).map(MapType::text).orElse("none"))
                .toList());
    assertThat(MapType.of(27)).contains(MapType.RINGBUF);
    assertThat(MapType.of("ringbuf").map(MapType::number)).contains(27);
    assertThat(MapType.of(0)).isEmpty();
    assertThat(MapType.of(36)).isEmpty();
  }

  @Test
  void programTypesAreThoseOfTheBootLoader() throws IOException {
    assertThat(table("prog_types"))
        .hasSize(32)
        .isEqualTo(
            LongStream.rangeClosed(1, ProgramType.values().length)
                .mapToObj(number -> ProgramType.of(number).map(ProgramType::text).orElse("none"))
                .toList());
    assertThat(ProgramType.of(31)).contains(ProgramType.SYSCALL);
    assertThat(ProgramType.of("lsm").map(ProgramType::number)).contains(29);
    assertThat(ProgramType.of(0xffff_ffffL)).isEmpty();
  }

  private static List<String> table(String name) throws IOException {
    String source = Files.readString(Lab.repository().resolve("preload/src/main/c/type_names.c"));
    int start = source.indexOf(name + "[] = {");
    String table = source.substring(start, source.indexOf("};", start));
    return NAME.matcher(table).results().map((MatchResult found) -> found.group(1)).toList();
  }
}
