// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Real kernels and peer tools, fetched by the scripts of {@code preload/lab} into the user's cache.
 *
 * <p>What can't be had (script's exit code 77) aborts the calling test with the script's message;
 * where the environment has {@code CI=true} it fails the test instead, so that nothing is skipped
 * in silence. Any other failure of a script fails the test. Answers are kept for the life of the
 * JVM.
 */
public final class Lab {
  private static final int NOT_TO_BE_HAD = 77;
  private static final long LIMIT_MINUTES = 15;
  private static final Map<List<String>, Answer> ANSWERS = new ConcurrentHashMap<>();

  private Lab() {}

  private record Answer(int exitCode, String output, String messages) {}

  /**
   * Debian's cloud kernel.
   *
   * @param release a series such as {@code 7.3} (its newest) or an exact release
   * @return the path of its vmlinuz
   */
  public static Path kernel(String release) {
    return path("kernel.sh", release);
  }

  /** The folder of that kernel's modules: SHA-3 if it is one, Streebog, EC-RDSA and loop. */
  public static Path modules(String release) {
    return path("modules.sh", release);
  }

  /** A disk image with a small Debian 13 and that kernel's modules. */
  public static Path debian(String release) {
    return path("debian.sh", release);
  }

  /** The folder of UEFI firmware for QEMU. */
  public static Path ovmf() {
    return path("ovmf.sh");
  }

  /**
   * An initramfs for that kernel, made by a tool of Debian 13 itself.
   *
   * @param tool {@code initramfs-tools} or {@code dracut}
   * @param overlay files that the system has besides, by their path from its root
   */
  public static Path initrd(String tool, String release, Path overlay, Path out) {
    return path("initrd.sh", tool, release, overlay.toString(), out.toString());
  }

  /** An executable ukify, which knows its stub. */
  public static Path ukify() {
    return path("ukify.sh");
  }

  /** An executable headless Chromium, with fonts. */
  public static Path chromium() {
    return path("chromium.sh");
  }

  /** An executable bpftool, 7.8 or later. */
  public static Path bpftool() {
    return path("bpftool.sh");
  }

  /**
   * A compiler for BPF.
   *
   * @param version 14 or 19
   */
  public static Path clang(int version) {
    return path("clang.sh", Integer.toString(version));
  }

  /** A tool of that compiler's LLVM, such as {@code llvm-strip}. */
  public static Path llvmTool(int version, String tool) {
    return path("clang.sh", Integer.toString(version), tool);
  }

  /** An executable openssl, 3.5 or later, which knows ML-DSA. */
  public static Path openssl() {
    return path("openssl.sh");
  }

  /** The kernel's {@code sign-file}. */
  public static Path signFile() {
    return path("sign-file.sh");
  }

  /** The kernel's {@code gen_init_cpio}. */
  public static Path genInitCpio() {
    return path("gen_init_cpio.sh");
  }

  /** The top of the repository, whichever module's tests run. */
  public static Path repository() {
    Path start = Path.of("").toAbsolutePath();
    return Stream.iterate(start, Objects::nonNull, Path::getParent)
        .filter(folder -> Files.isDirectory(folder.resolve("preload/lab")))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no preload/lab above " + start));
  }

  /** The folder {@code test-vectors}. */
  public static Path vectors() {
    return repository().resolve("test-vectors");
  }

  private static Path path(String script, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(repository().resolve("preload/lab").resolve(script).toString());
    command.addAll(List.of(arguments));
    return pathFrom(command, "true".equals(System.getenv("CI")));
  }

  /** Runs a command that prints one path; visible so that the rules can be tested. */
  static Path pathFrom(List<String> command, boolean nothingSkipped) {
    Answer answer = ANSWERS.computeIfAbsent(List.copyOf(command), Lab::run);
    if (answer.exitCode() == NOT_TO_BE_HAD && !nothingSkipped) {
      Assumptions.abort(answer.messages());
    }
    if (answer.exitCode() != 0) {
      throw new AssertionError(
          "%s: exit code %d: %s".formatted(command, answer.exitCode(), answer.messages()));
    }
    Path path = Path.of(answer.output());
    if (!Files.isReadable(path)) {
      throw new AssertionError("%s: no file %s".formatted(command, path));
    }
    return path;
  }

  private static Answer run(List<String> command) {
    try {
      Path messages = Files.createTempFile("bpfseal-lab", ".txt");
      try {
        return run(command, messages);
      } finally {
        Files.delete(messages);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Answer run(List<String> command, Path messages) throws IOException {
    Process process = new ProcessBuilder(command).redirectError(messages.toFile()).start();
    process.getOutputStream().close();
    try {
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IOException(command + " takes longer than " + LIMIT_MINUTES + " minutes");
      }
      return new Answer(process.exitValue(), output, Files.readString(messages).strip());
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
