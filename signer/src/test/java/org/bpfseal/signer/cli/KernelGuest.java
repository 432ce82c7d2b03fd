// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bpfseal.signer.key.DigestAlgorithm;
import org.bpfseal.testing.HostCommand;
import org.bpfseal.testing.Initramfs;
import org.bpfseal.testing.Lab;
import org.bpfseal.testing.Machine;
import org.bpfseal.verifier.Errno;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.program.DirectLoad;
import org.bpfseal.verifier.program.SignedForm;

/** Questions to a real kernel, all asked in one boot; guest.c answers. */
final class KernelGuest {
  private static final Pattern ANSWER = Pattern.compile(".*?answer ([0-9]+) (.*?)\\s*");
  private static final Duration LIMIT = Duration.ofMinutes(4);

  private final Path folder;
  private final SortedMap<String, Bytes> files = new TreeMap<>();
  private final List<String> script = new ArrayList<>();

  KernelGuest(Path folder) {
    this.folder = folder;
  }

  /** The next loads may be signed by these, and by nobody else. */
  void ring(Bytes... certificates) {
    StringBuilder line = new StringBuilder("ring");
    for (Bytes certificate : certificates) {
      line.append(' ').append(file(certificate));
    }
    script.add(line.toString());
  }

  /** The next loads may be signed by those in a keyring of the kernel's. */
  void systemRing(int id) {
    script.add("system " + id);
  }

  /** A loader, loaded and run. Gives the question's number. */
  int loader(SignedForm form, Bytes data) {
    return ask(
        "loader %s %s %s %s"
            .formatted(
                form.generation().id(), file(form.signature()), insns(form.insns()), file(data)));
  }

  /** A program without one. */
  int program(DirectLoad load, SignedForm form, Bytes data) {
    return ask(
        "program %d %d %d %s %d %s %s %s"
            .formatted(
                load.type().number(),
                load.attachType(),
                load.flags(),
                load.target().orElse("-"),
                load.mapFlags(),
                file(form.signature()),
                insns(form.insns()),
                data.isEmpty() ? "" : file(data)));
  }

  int module(String name, Bytes content) {
    String path = "/modules/" + script.size() + "/" + name;
    files.put(path.substring(1), content);
    return ask("module " + path);
  }

  void enforceModules() {
    script.add("enforce");
  }

  private int ask(String line) {
    script.add(line);
    return script.size() - 1;
  }

  private String file(Bytes content) {
    String path = "files/" + DigestAlgorithm.SHA_256.digest(content).toHex();
    files.put(path, content);
    return "/" + path;
  }

  private String insns(Bytes content) {
    String path = file(content);
    files.put(path.substring(1) + ".sha256", DigestAlgorithm.SHA_256.digest(content));
    return path;
  }

  /** Boots Debian's cloud kernel; one word for each question: {@code OK} or an errno's name. */
  List<String> boot(String series, List<String> devices) {
    Path guest = folder.resolve("guest");
    HostCommand.outputOf(
        "musl-gcc",
        "-std=c11",
        "-D_GNU_SOURCE",
        "-O2",
        "-Wall",
        "-Wextra",
        "-Werror",
        "-Wconversion",
        "-Wshadow",
        "-static",
        "-s",
        "-o",
        guest,
        Lab.repository().resolve("signer/src/test/c/guest.c"));
    files.put("init", read(guest));
    files.put("script", Bytes.utf8(String.join("\n", script) + "\n"));
    Path image = Initramfs.write(folder.resolve("image"), files, "init"::equals);
    Machine machine =
        new Machine(
            Lab.kernel(series),
            image,
            "rdinit=/init quiet loglevel=1 mitigations=off random.trust_cpu=on",
            640,
            devices,
            LIMIT);
    List<String> console = machine.boot(line -> line.contains("end " + script.size())).lines();
    List<String> words =
        console.stream()
            .map(ANSWER::matcher)
            .filter(Matcher::matches)
            .map(answer -> word(answer.group(2)))
            .toList();
    assertThat(words).as(String.join("\n", console)).hasSize(script.size());
    System.out.printf("%s: %d questions%n", series, words.size());
    console.stream().filter(line -> line.contains("log of")).forEach(System.out::println);
    return words;
  }

  private static String word(String answer) {
    String number = answer.replace("run ", "").replace("-", "");
    if (number.equals("0")) {
      return "OK";
    }
    return Arrays.stream(Errno.values())
        .filter(errno -> Integer.toString(errno.number()).equals(number))
        .map(Errno::name)
        .findFirst()
        .orElse(answer);
  }

  private static Bytes read(Path file) {
    try {
      return Bytes.owning(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
