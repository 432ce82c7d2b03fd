// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A virtual machine of one emulated CPU, without KVM, disk and network, which boots a kernel with
 * an image and is switched off when the kernel panics.
 *
 * @param parameters of the kernel, behind those that this class needs
 * @param memoryMib its memory in MiB
 * @param devices further words of QEMU's command line
 * @param limit after which it is killed
 */
public record Machine(
    Path kernel,
    Path image,
    String parameters,
    int memoryMib,
    List<String> devices,
    Duration limit) {

  private static final Path NONE = Path.of("");

  public Machine {
    devices = List.copyOf(devices);
  }

  /** One whose devices are firmware and a disk, from which the firmware takes what it boots. */
  public static Machine ofFirmware(int memoryMib, List<String> devices, Duration limit) {
    return new Machine(NONE, NONE, "", memoryMib, devices, limit);
  }

  /**
   * What it said.
   *
   * @param lines of its serial console
   * @param ended whether it ended by itself or by the limit; false when the last line was awaited
   */
  public record Console(List<String> lines, boolean ended) {
    public Console {
      lines = List.copyOf(lines);
    }
  }

  /** Boots and listens until the machine ends or says the last line that is of interest. */
  public Console boot(Predicate<String> last) {
    return boot(last, line -> Optional.empty());
  }

  /**
   * Likewise, and talks to it.
   *
   * @param answer what is typed after a line of the machine's, without the line end; not longer
   *     than a terminal's line, 4095 characters
   */
  public Console boot(Predicate<String> last, Function<String, Optional<String>> answer) {
    try {
      Process machine = new ProcessBuilder(command()).redirectErrorStream(true).start();
      CompletableFuture<Void> killer =
          machine
              .onExit()
              .completeOnTimeout(machine, limit.toSeconds(), TimeUnit.SECONDS)
              .thenAccept(Machine::kill);
      try {
        return listen(machine, last, answer);
      } finally {
        machine.destroyForcibly();
        killer.join();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of one that has ended by itself the last lines may still be unread; a kill would drop them. */
  private static void kill(Process machine) {
    if (machine.isAlive()) {
      machine.destroyForcibly();
    }
  }

  private List<String> command() {
    List<String> words = new ArrayList<>();
    // All CPUs on one thread of the host: with one thread each, QEMU lets a CPU run into an
    // instruction that another one's kernel has half written (int3 in the scheduler).
    words.addAll(List.of("qemu-system-x86_64", "-accel", "tcg,thread=single"));
    words.addAll(List.of("-m", Integer.toString(memoryMib)));
    words.addAll(List.of("-nographic", "-nodefaults", "-serial", "stdio", "-no-reboot"));
    words.addAll(devices);
    if (kernel.equals(NONE)) {
      return words;
    }
    words.addAll(List.of("-kernel", kernel.toString(), "-initrd", image.toString()));
    // On a busy host the emulated timer may tick too late for the kernel's check of it, a panic.
    words.addAll(List.of("-append", "console=ttyS0 panic=-1 no_timer_check " + parameters));
    return words;
  }

  private static Console listen(
      Process machine, Predicate<String> last, Function<String, Optional<String>> answer)
      throws IOException {
    List<String> lines = new ArrayList<>();
    try (BufferedReader console =
        new BufferedReader(
            new InputStreamReader(machine.getInputStream(), StandardCharsets.ISO_8859_1))) {
      String line = console.readLine();
      while (line != null) {
        lines.add(line);
        if (last.test(line)) {
          return new Console(lines, false);
        }
        Optional<String> reply = answer.apply(line);
        if (reply.isPresent()) {
          machine.getOutputStream().write((reply.get() + "\n").getBytes(StandardCharsets.US_ASCII));
          machine.getOutputStream().flush();
        }
        line = console.readLine();
      }
    }
    return new Console(lines, true);
  }
}
