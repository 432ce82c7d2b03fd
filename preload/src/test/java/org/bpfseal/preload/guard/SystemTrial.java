// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.guard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  /** A confirmed stop, in the order of its steps. */
  private static final Map<String, String> STOP =
      Map.ofEntries(
          Map.entry("stop-unlink-first", "EPERM"),
          Map.entry("stop-foreign-token", "ENOKEY"),
          Map.entry("stop-damaged-token", "EKEYREJECTED"),
          Map.entry("stop-unlink-unconfirmed", "EPERM"),
          Map.entry("stop-token", "OK"),
          Map.entry("stop-unlink-other", "EPERM"),
          Map.entry("stop-link-before", "there"),
          Map.entry("stop-unlink", "OK"),
          Map.entry("stop-link", "gone"),
          Map.entry("stop-token-again", "EALREADY"),
          Map.entry("stop-token-after-soft-reboot", "EALREADY"));

  private static final Set<String> GOOD = Set.of("OK", "active", "running", "none");

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

  private static Map<String, String> checks(DebianGuest guest) {
    Map<String, String> found = new LinkedHashMap<>();
    for (String line : guest.port()) {
      Matcher matcher = CHECK.matcher(line);
      if (matcher.matches()) {
        found.put(matcher.group(1), matcher.group(2));
      }
    }
    found.put("power-off", guest.switchedItselfOff() ? "OK" : "not-seen");
    return found;
  }

  /** As many as the loader said. */
  private static int held(DebianGuest guest) {
    return guest.console().stream()
        .map(HELD::matcher)
        .filter(Matcher::matches)
        .mapToInt(line -> Integer.parseInt(line.group(1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("not sealed"));
  }

  /** With a guard, where that isn't the same as without. */
  private static Optional<String> expected(String name, int held) {
    if (name.startsWith("held-links")) {
      return Optional.of(Integer.toString(held));
    }
    return name.startsWith("left-links")
        ? Optional.of(Integer.toString(held - 1))
        : Optional.ofNullable(STOP.get(name));
  }

  Result run(String kernel) {
    DebianGuest plain = boot(kernel, image("plain.img", false));
    DebianGuest guarded = boot(kernel, image("guarded.img", true));
    Map<String, String> before = checks(plain);
    Map<String, String> after = checks(guarded);
    List<Check> checks =
        Stream.of(before.keySet(), after.keySet(), STOP.keySet())
            .flatMap(Set::stream)
            .distinct()
            .map(
                name ->
                    new Check(
                        name,
                        before.getOrDefault(name, STOP.containsKey(name) ? "-" : "not-seen"),
                        after.getOrDefault(name, "not-seen"),
                        expected(name, held(guarded))))
            .toList();
    return new Result(
        checks,
        AttackSuite.compare(
            AttackSuite.attempts(plain.port()), AttackSuite.attempts(guarded.port())),
        AttackSuite.warnings(guarded.console()));
  }

  private DebianGuest boot(String kernel, Path image) {
    return DebianGuest.boot(kernel, image, "", scratch, new KeyHolder(scratch)::answer);
  }

  private Path image(String name, boolean guarded) {
    LabKey key = new LabKey("rsa", scratch);
    LabKey boss = new LabKey("other", scratch);
    AttackSuite attacks = new AttackSuite(scratch, true);
    LabImage image =
        new LabImage()
            .trusting(key.der())
            .file("sbin/next", GuestProgram.compile(scratch, "switch_root.c", List.of()))
            .file("system/etc/systemd/system/check.service", source("check.service"))
            .file("system/usr/local/bin/check.sh", source("check.sh"))
            .file("system/usr/local/bin/bpfseal", BootProgram.INIT.executable())
            .file("system/usr/local/bin/attack", attacks.program());
    attacks.addLoads(image, "system/", key);
    List<LabProgram> programs = new AttackTargets(key).programs(guarded);
    if (guarded) {
      Map<String, Bytes> confirmers =
          Map.of("ops.der", new LabKey("p256", scratch).der(), "boss.der", boss.der());
      image.guarded(GuardProgram.signedBy(key), "types", confirmers, key);
      programs.forEach(image::required);
    } else {
      programs.forEach(image::optional);
    }
    return image.write(scratch.resolve(name));
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
