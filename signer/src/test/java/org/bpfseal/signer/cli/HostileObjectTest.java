// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bpfseal.signer.object.ElfBuilder;
import org.bpfseal.testing.MalformedVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects made to use up memory or stack: answered by a JVM that has 64 MiB. */
class HostileObjectTest {
  private static final int LARGE = 15 << 20;
  private static final int FUNC = 2;
  private static final int GLOBAL = 1;
  private static final int CODE = 6;

  @TempDir Path folder;

  @Test
  void aFunctionFor600000SymbolsIsRefused() throws Exception {
    ElfBuilder elf = new ElfBuilder();
    int code = elf.add("tc", 1, CODE, instructions(1), 0, 0, 0);
    ByteBuffer symbols = ElfBuilder.buffer(LARGE / 24 * 24);
    while (symbols.hasRemaining()) {
      ElfBuilder.symbol(symbols, FUNC, GLOBAL, code, 0, 8);
    }
    int names = elf.addNames();
    elf.add(".symtab", 2, 0, ElfBuilder.bytes(symbols), names, 0, 24);
    assertThat(show(elf)).contains("refused: it has more than 10919 functions");
  }

  @Test
  void undefinedSymbolsAreCounted() throws Exception {
    ElfBuilder elf = withTypes(ElfBuilder.buffer(0));
    ByteBuffer symbols = ElfBuilder.buffer(LARGE / 24 * 24);
    while (symbols.hasRemaining()) {
      ElfBuilder.symbol(symbols, 0, GLOBAL, 0, 0, 0);
    }
    int names = elf.addNames();
    elf.add(".symtab", 2, 0, ElfBuilder.bytes(symbols), names, 0, 24);
    assertThat(show(elf)).contains("refused: it has more than 16384 undefined symbols");
  }

  @Test
  void aMillionTypedefsInARowNeedNoStack() throws Exception {
    ByteBuffer types = ElfBuilder.buffer(12 << 20);
    for (int id = 1; types.remaining() >= 12; id++) {
      types.putInt(0).putInt(8 << 24).putInt(types.remaining() >= 24 ? id + 1 : 0);
    }
    assertThat(show(withProgram(withTypes(types)))).contains("would sign");
  }

  @Test
  void aCircleOfAMillionTypesIsFound() throws Exception {
    ByteBuffer types = ElfBuilder.buffer(12 << 20);
    for (int id = 1; types.remaining() >= 12; id++) {
      types.putInt(0).putInt(8 << 24).putInt(types.remaining() >= 24 ? id + 1 : 1);
    }
    assertThat(show(withProgram(withTypes(types)))).contains("found one made of itself");
  }

  @Test
  void sectionsThatAreOnlySizesAreNotAllocated() throws Exception {
    for (long size : new long[] {1L << 24, 24 << 20, 1L << 32, 1L << 62, -8}) {
      ElfBuilder elf = new ElfBuilder();
      elf.add(".bss", 8, 3, new byte[0], size, 0, 0, 0);
      assertThat(show(withProgram(elf))).contains("refused: ");
    }
  }

  @Test
  void manySectionsAreRead() throws Exception {
    ElfBuilder elf = withProgram(new ElfBuilder());
    for (int i = 0; i < 70_000; i++) {
      elf.add("x", 1, 0, new byte[0], 0, 0, 0);
    }
    assertThat(show(elf)).contains("would sign");
  }

  @Test
  void aChainOf9000CallsNeedsNoStack() throws Exception {
    int functions = 9_000;
    ByteBuffer text = ElfBuilder.buffer(functions * 16);
    for (int i = 0; i < functions; i++) {
      text.putInt(0x1085).putInt(i == functions - 1 ? -1 : 1).putLong(0x95);
    }
    ElfBuilder elf = new ElfBuilder();
    int textSection = elf.add(".text", 1, CODE, ElfBuilder.bytes(text), 0, 0, 0);
    int code = elf.add("tc", 1, CODE, callAndExit(), 0, 0, 0);
    ByteBuffer symbols = ElfBuilder.buffer(24 * (functions + 2));
    symbols.position(24);
    for (int i = 0; i < functions; i++) {
      ElfBuilder.symbol(symbols, FUNC, GLOBAL, textSection, i * 16L, 16);
    }
    ElfBuilder.symbol(symbols, FUNC, GLOBAL, code, 0, 16);
    int names = elf.addNames();
    int table = elf.add(".symtab", 2, 0, ElfBuilder.bytes(symbols), names, 0, 24);
    byte[] relocation = ElfBuilder.bytes(ElfBuilder.buffer(16).putLong(0).putLong((1L << 32) | 10));
    elf.add(".reltc", 9, 0, relocation, table, code, 16);
    assertThat(show(elf)).contains("no kernel will load it: it has 9001 programs");
  }

  @Test
  void damagedVectorsNeedNoMemory() throws Exception {
    String answer = show(MalformedVector.all().stream().map(MalformedVector::object).toList());
    assertThat(answer.lines().filter(line -> line.contains("error: "))).hasSize(64);
  }

  private static ElfBuilder withTypes(ByteBuffer types) {
    ByteBuffer section = ElfBuilder.buffer(24 + types.capacity() + 1);
    section.putInt(0x0001eb9f).putInt(24).putInt(0).putInt(types.capacity());
    section.putInt(types.capacity()).putInt(1).put(ElfBuilder.bytes(types));
    ElfBuilder elf = new ElfBuilder();
    elf.add(".BTF", 1, 0, ElfBuilder.bytes(section), 0, 0, 0);
    return elf;
  }

  private static ElfBuilder withProgram(ElfBuilder elf) {
    int code = elf.add("tc", 1, CODE, instructions(1), 0, 0, 0);
    ByteBuffer symbols = ElfBuilder.buffer(48).position(24);
    ElfBuilder.symbol(symbols, FUNC, GLOBAL, code, 0, 8);
    int names = elf.addNames();
    elf.add(".symtab", 2, 0, ElfBuilder.bytes(symbols), names, 0, 24);
    return elf;
  }

  private static byte[] instructions(int count) {
    ByteBuffer code = ElfBuilder.buffer(8 * count);
    while (code.hasRemaining()) {
      code.putLong(0x95);
    }
    return ElfBuilder.bytes(code);
  }

  private static byte[] callAndExit() {
    return ElfBuilder.bytes(ElfBuilder.buffer(16).putInt(0x1085).putInt(-1).putLong(0x95));
  }

  private String show(ElfBuilder elf) throws Exception {
    return show(List.of(Files.write(folder.resolve("hostile.bpf.o"), elf.build())));
  }

  /** Both outputs of a process that may use 64 MiB; a fault of ours fails the test. */
  private static String show(List<Path> objects) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx64m",
                "-Xss512k",
                "-cp",
                System.getProperty("java.class.path"),
                "org.bpfseal.signer.cli.BpfSign",
                "show"));
    objects.forEach(object -> command.add(object.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isIn(0, 1, 3);
    return output;
  }
}
