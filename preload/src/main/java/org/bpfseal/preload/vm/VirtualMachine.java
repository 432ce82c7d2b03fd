// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.vm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A machine of one CPU without disk and network: one kernel and one image in, a serial console out.
 * It is emulated unless KVM is asked for, since a /dev/kvm that is there need not work.
 *
 * @param kernel a bootable image such as Debian's {@code vmlinuz}
 * @param memoryMib at least twice the unpacked image and 200 MiB
 * @param parameters further ones of the kernel
 * @param kvm whether the computer's own CPU runs it
 * @param deadline after which it is switched off
 */
public record VirtualMachine(
    Path kernel, int memoryMib, String parameters, boolean kvm, Duration deadline) {
  private static final String EMULATOR = "qemu-system-x86_64";
  private static final int LINES_MOST = 20_000;

  /** Whether this computer has the emulator. */
  public static boolean isAvailable() {
    String path = System.getenv("PATH");
    return path != null
        && List.of(path.split(":", -1)).stream()
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, EMULATOR)));
  }

  /**
   * Boots the image until the machine ends by itself, halts, or its time is over.
   *
   * @param listener gets each line of the console as it comes
   * @return the lines, the first 20000 of them
   */
  public List<String> boot(Path image, Consumer<String> listener) throws IOException {
    Process machine = new ProcessBuilder(command(image)).redirectErrorStream(true).start();
    machine.getOutputStream().close();
    CompletableFuture<Process> limit =
        machine
            .onExit()
            .completeOnTimeout(machine, deadline.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete((process, failure) -> machine.destroyForcibly());
    try {
      return listen(machine, listener);
    } finally {
      machine.destroyForcibly();
      limit.join();
    }
  }

  private List<String> command(Path image) {
    List<String> words = new ArrayList<>(List.of(EMULATOR));
    words.addAll(List.of("-accel", kvm ? "kvm" : "tcg", "-m", Integer.toString(memoryMib)));
    words.addAll(List.of("-nographic", "-nodefaults", "-serial", "stdio", "-no-reboot"));
    words.addAll(List.of("-kernel", kernel.toString(), "-initrd", image.toString(), "-append"));
    words.add("console=ttyS0 rdinit=/usr/lib/bpfseal/init panic=-1 quiet loglevel=1 " + parameters);
    return words;
  }

  /** A halted machine never ends; its last line says so. */
  private static List<String> listen(Process machine, Consumer<String> listener)
      throws IOException {
    List<String> lines = new ArrayList<>();
    try (BufferedReader console =
        new BufferedReader(
            new InputStreamReader(machine.getInputStream(), StandardCharsets.ISO_8859_1))) {
      String line = console.readLine();
      while (line != null && lines.size() < LINES_MOST) {
        lines.add(line);
        listener.accept(line);
        if (ReportLine.of(line)
            .filter(fact -> fact.noun().equals("failure"))
            .filter(fact -> fact.value("outcome").equals("halt"))
            .isPresent()) {
          return lines;
        }
        line = console.readLine();
      }
    } catch (IOException e) {
      // The deadline closed the console under the reader: what was said until then counts.
      return lines;
    }
    return lines;
  }
}
