// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.guard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bpfseal.testing.HostCommand;
import org.bpfseal.testing.Lab;
import org.bpfseal.verifier.bytes.Bytes;

/** A static C program for a guest, with parts of the boot loader. */
public final class GuestProgram {
  private GuestProgram() {}

  /**
   * Compiles.
   *
   * @param sources a file or folder below {@code preload/src/test/c}
   * @param loaderParts files of the boot loader
   */
  public static Bytes compile(Path scratch, String sources, List<String> loaderParts) {
    Path loader = Lab.repository().resolve("preload/src/main/c");
    Path program = scratch.resolve("guest");
    List<Object> words = new ArrayList<>();
    words.addAll(List.of("musl-gcc", "-std=c11", "-D_GNU_SOURCE", "-Os", "-Wall", "-Wextra"));
    words.addAll(List.of("-Wshadow", "-Werror", "-static", "-s", "-I" + loader));
    words.addAll(List.of("-I" + loader.resolveSibling("bpf"), "-o", program));
    try (Stream<Path> files =
        Files.walk(Lab.repository().resolve("preload/src/test/c").resolve(sources))) {
      files.filter(file -> file.toString().endsWith(".c")).sorted().forEach(words::add);
      loaderParts.forEach(part -> words.add(loader.resolve(part)));
      HostCommand.outputOf(words.toArray());
      return Bytes.owning(Files.readAllBytes(program));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
