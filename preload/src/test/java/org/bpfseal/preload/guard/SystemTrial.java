// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.guard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bpfseal.preload.loader.BootProgram;
import org.bpfseal.preload.loader.LabImage;
import org.bpfseal.preload.loader.LabKey;
import org.bpfseal.preload.loader.LabProgram;
import org.bpfseal.testing.Lab;
import org.bpfseal.testing.Machine;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * Boots Debian with systemd twice, without and with a guard, does what people do with such a
 * system, and attacks the held links from it and from containers.
 *
 * @param scratch folder for images
 */
record SystemTrial(Path scratch) {
  private static final Pattern CHECK = Pattern.compile("bpfseal-system: (\\S+) (\\S+)\\s*");
  private static final Pattern HELD =
      Pattern.compile(".*bpfseal: .* seal result=OK .*held=(\\d+).*");
  private static final Set<String> GOOD = Set.of("OK", "active", "running", "none");
  private static final Duration LIMIT = Duration.ofMinutes(15);

  /**
   * One of the things that a system does.
   *
   * @param expected what it answers with a guard, where that isn't the same as without
   */
  record Check(String name, String plain, String guarded, Optional<String> expected) {
    boolean isGood() {
      return expected.isPresent()
          ? guarded.equals(expected.get())
          : guarded.equals(plain) && GOOD.contains(guarded);
    }

    /** Tab-separated: name, result without and with guard, verdict. */
    String line() {
      return String.join("\t", name, plain, guarded, isGood() ? "good" : "BAD");
    }
  }

  /** All that was seen. */
  record Result(List<Check> checks, List<AttackSuite.Attack> attacks, List<String> warnings) {}

  /**
   * One boot.
   *
   * @param console of the kernel and of systemd
   * @param lines that the checks wrote
   */
  private record Boot(Machine.Console console, List<String> lines) {
    Map<String, String> checks() {
      Map<String, String> found = new LinkedHashMap<>();
      for (String line : lines) {
        Matcher matcher = CHECK.matcher(line);
        if (matcher.matches()) {
          found.put(matcher.group(1), matcher.group(2));
        }
      }
      boolean off =
          console.ended() && console.lines().stream().anyMatch(it -> it.contains("Power down"));
      found.put("power-off", off ? "OK" : "none-seen");
      return found;
    }

    /** The loader's count. */
    String held() {
      return console.lines().stream()
          .map(HELD::matcher)
          .filter(Matcher::matches)
          .map(line -> line.group(1))
          .findFirst()
          .orElse("not-sealed");
    }
  }

  Result run(String kernel) {
    Boot plain = boot(kernel, false);
    Boot guarded = boot(kernel, true);
    Map<String, String> before = plain.checks();
    Map<String, String> after = guarded.checks();
    List<Check> checks =
        Stream.concat(before.keySet().stream(), after.keySet().stream())
            .distinct()
            .map(
                name ->
                    new Check(
                        name,
                        before.getOrDefault(name, "not-seen"),
                        after.getOrDefault(name, "not-seen"),
                        name.startsWith("held-links")
                            ? Optional.of(guarded.held())
                            : Optional.empty()))
            .toList();
    return new Result(
        checks,
        AttackSuite.compare(
            AttackSuite.attempts(plain.lines()), AttackSuite.attempts(guarded.lines())),
        AttackSuite.warnings(guarded.console().lines()));
  }

  private Boot boot(String kernel, boolean guarded) {
    String name = guarded ? "guarded" : "plain";
    Path port = scratch.resolve(name + ".txt");
    Machine machine =
        new Machine(
            Lab.kernel(kernel),
            image(scratch.resolve(name + ".img"), guarded),
            "rdinit=/usr/lib/bpfseal/init quiet loglevel=5 systemd.wants=check.service",
            1536,
            List.of(
                "-smp",
                "2",
                "-serial",
                "file:" + port,
                "-drive",
                "file=" + Lab.debian(kernel) + ",format=raw,if=none,id=root,snapshot=on",
                "-device",
                "nvme,serial=root,drive=root"),
            LIMIT);
    Machine.Console console = machine.boot(line -> line.contains(" outcome=halt"));
    try {
      Files.write(scratch.resolve(name + "-console.txt"), console.lines());
      return new Boot(console, Files.readAllLines(port, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path image(Path file, boolean guarded) {
    LabKey key = new LabKey("rsa", scratch);
    Bytes insns = Bytes.hex("b7000000000000009500000000000000");
    LabKey boss = new LabKey("other", scratch);
    LabImage image =
        new LabImage()
            .trusting(key.der())
            .file("sbin/next", GuestProgram.compile(scratch, "switch_root.c", List.of()))
            .file("system/etc/systemd/system/check.service", source("check.service"))
            .file("system/usr/local/bin/check.sh", source("check.sh"))
            .file("system/usr/local/bin/bpfseal", BootProgram.INIT.executable())
            .file("system/usr/local/bin/attack", new AttackSuite(scratch, true).program())
            .file("system/loads/own.insns", insns)
            .file("system/loads/own.der", boss.der())
            .file("system/loads/own.p7s", boss.sign(insns));
    List<LabProgram> programs = new AttackTargets(key).programs(guarded);
    if (guarded) {
      Map<String, Bytes> confirmers =
          Map.of("ops.der", new LabKey("p256", scratch).der(), "boss.der", boss.der());
      image.guarded(GuardProgram.signedBy(key), "types", confirmers, key);
      programs.forEach(image::required);
    } else {
      programs.forEach(image::optional);
    }
    return image.write(file);
  }

  private static Bytes source(String name) {
    try {
      return Bytes.owning(
          Files.readAllBytes(Lab.repository().resolve("preload/src/test/system").resolve(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
