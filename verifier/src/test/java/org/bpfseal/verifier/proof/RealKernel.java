// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bpfseal.testing.FirmwareVariables;
import org.bpfseal.testing.HostCommand;
import org.bpfseal.testing.Initramfs;
import org.bpfseal.testing.Lab;
import org.bpfseal.testing.Machine;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * A kernel in a virtual machine that answers cases; each call boots it once, and once more behind
 * each case at which it stops answering.
 *
 * @param kernel its vmlinuz
 * @param folder for the image and the answers
 * @param guest process 1, made of judge.c
 * @param disk a file system that can have fs-verity
 * @param modules loaded first, in this order
 * @param parameters of its own
 * @param firmware words of QEMU's command line
 */
record RealKernel(
    Path kernel,
    Path folder,
    Bytes guest,
    Bytes disk,
    List<Bytes> modules,
    String parameters,
    List<String> firmware) {
  /** Those of all kernels; each kernel has some of them. */
  private static final List<String> CRYPTO_MODULES =
      List.of("libsha3", "sha3", "streebog_generic", "ecrdsa_generic");

  private static final List<String> SOURCES =
      List.of("judge.c", "corpus.c", "maps.c", "script.c", "kfunc.c", "verity.c");
  private static final List<String> COMPILER =
      List.of(
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
          "-s");
  private static final String PARAMETERS =
      "rdinit=/init quiet loglevel=4 mitigations=off random.trust_cpu=on no_timer_check";
  private static final Duration BOOT_LIMIT = Duration.ofMinutes(2);
  private static final Duration CASE_LIMIT = Duration.ofMillis(500);
  private static final int MIB = 1 << 20;

  /** Debian's cloud kernel of a series. */
  static RealKernel of(String release, Path folder) {
    Path guest = compiled(folder.resolve("judge"), SOURCES);
    Path disk = folder.resolve("disk");
    HostCommand.outputOf(
        "/usr/sbin/mke2fs",
        "-q",
        "-t",
        "ext4",
        "-O",
        "verity,^has_journal",
        "-b",
        4096,
        disk,
        "2M");
    return new RealKernel(
        Lab.kernel(release), folder, read(guest), read(disk), List.of(), "", List.of());
  }

  private static Path compiled(Path program, List<String> sources) {
    List<Object> command = new ArrayList<>(COMPILER);
    command.addAll(List.of("-o", program));
    for (String source : sources) {
      command.add(Lab.repository().resolve("verifier/src/test/c").resolve(source));
    }
    HostCommand.outputOf(command.toArray());
    return program;
  }

  /** The same with the modules for SHA-3, Streebog and EC-RDSA. */
  RealKernel withCryptoModules() {
    return with(CRYPTO_MODULES);
  }

  /** The same with the module for file systems in files. */
  RealKernel withLoop() {
    return with(List.of("loop"));
  }

  /** The same with those of the modules that the kernel has. */
  private RealKernel with(List<String> names) {
    Path some = Lab.modules(release());
    List<Bytes> all = new ArrayList<>(modules);
    names.stream()
        .map(name -> some.resolve(name + ".ko"))
        .filter(Files::exists)
        .map(RealKernel::read)
        .forEach(all::add);
    return new RealKernel(kernel, folder, guest, disk, all, parameters, firmware);
  }

  /** The same in FIPS mode, which kernels without CONFIG_CRYPTO_FIPS have none of. */
  RealKernel inFipsMode() {
    return new RealKernel(kernel, folder, guest, disk, modules, "fips=1 ", firmware);
  }

  /** The same, started by UEFI firmware with these variables. */
  RealKernel withFirmware(FirmwareVariables variables) {
    List<String> words = variables.devices(folder.resolve("variables"));
    return new RealKernel(kernel, folder, guest, disk, modules, parameters, words);
  }

  /** Its exact release, such as {@code 7.3.4+deb13-cloud-amd64}. */
  String release() {
    return kernel.getName(kernel.getNameCount() - 2).toString();
  }

  /**
   * Its answers, one for each case, in their order. Where it killed the process that asked, it is
   * asked that case once more, by itself, and the console is printed: emulators have faults too.
   */
  List<Answer> answer(List<Case> cases) {
    List<Answer> answers = answerOnce(cases);
    for (int i = 0; i < cases.size() && cases.size() > 1; i++) {
      if (answers.get(i).hasDied()) {
        answers.set(i, answerOnce(cases.subList(i, i + 1)).getFirst());
        System.out.printf("case %d, after a death: %s%n", cases.get(i).id(), answers.get(i));
      }
    }
    return answers;
  }

  private List<Answer> answerOnce(List<Case> cases) {
    List<Answer> answers = new ArrayList<>();
    while (answers.size() < cases.size()) {
      List<Case> rest = cases.subList(answers.size(), cases.size());
      List<Answer> some = boot(rest);
      answers.addAll(some);
      if (some.size() < rest.size()) {
        answers.add(Answer.died(rest.get(some.size()).id()));
      }
    }
    for (int i = 0; i < cases.size(); i++) {
      if (answers.get(i).id() != cases.get(i).id()) {
        throw new AssertionError("case %d: answer %s".formatted(cases.get(i).id(), answers.get(i)));
      }
    }
    return answers;
  }

  /** What it tells of its keys, with a certificate in a user's keyring; keys.c has the lines. */
  List<String> keys(Bytes certificate) {
    Bytes program = read(compiled(folder.resolve("keys"), List.of("keys.c")));
    SortedMap<String, Bytes> files =
        new TreeMap<>(Map.of("init", program, "certificate", certificate));
    Path image = Initramfs.write(folder.resolve("image"), files, "init"::equals);
    Machine machine = new Machine(kernel, image, PARAMETERS, 640, firmware, BOOT_LIMIT);
    return machine.boot("end"::equals).lines();
  }

  private List<Answer> boot(List<Case> cases) {
    Bytes corpus = Corpus.of(cases);
    SortedMap<String, Bytes> files =
        new TreeMap<>(Map.of("init", guest, "corpus", corpus, "disk", disk));
    for (int i = 0; i < modules.size(); i++) {
      files.put("modules/" + i, modules.get(i));
    }
    Path image = Initramfs.write(folder.resolve("image"), files, "init"::equals);
    Path output = folder.resolve("answers");
    Machine machine =
        new Machine(
            kernel,
            image,
            parameters + PARAMETERS,
            640 + 3 * corpus.size() / MIB,
            devices(output),
            BOOT_LIMIT.plus(CASE_LIMIT.multipliedBy(cases.size())));
    Machine.Console console = machine.boot(_ -> false);
    return answers(output, cases.size(), console.lines());
  }

  private List<String> devices(Path output) {
    List<String> words = new ArrayList<>(firmware);
    words.addAll(
        List.of(
            "-device",
            "virtio-serial-pci",
            "-chardev",
            "file,id=answers,path=" + output,
            "-device",
            "virtserialport,chardev=answers,nr=1"));
    return words;
  }

  private static List<Answer> answers(Path output, int expected, List<String> console) {
    List<String> lines = new ArrayList<>(read(output).toUtf8().lines().toList());
    String own = String.join("\n", console);
    if (lines.isEmpty() || own.contains("judge: ")) {
      throw new AssertionError("the machine did not answer: " + own);
    }
    if (lines.getLast().equals("end\t" + expected)) {
      lines.removeLast();
    }
    List<Answer> all = Answer.all(lines);
    if (all.stream().anyMatch(Answer::hasDied)) {
      System.out.println(own);
    }
    return all;
  }

  private static Bytes read(Path file) {
    try {
      return Bytes.owning(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
