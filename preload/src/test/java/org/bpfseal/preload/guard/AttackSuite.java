// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.guard;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bpfseal.preload.loader.LabImage;
import org.bpfseal.preload.loader.LabKey;
import org.bpfseal.preload.loader.LabProgram;
import org.bpfseal.testing.Lab;
import org.bpfseal.testing.Machine;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * Boots two images of one kernel: without a guard every attack must succeed, with one it must fail.
 *
 * @param scratch folder for images
 * @param quick leaves out the long stresses
 */
record AttackSuite(Path scratch, boolean quick) {
  private static final Pattern LINE =
      Pattern.compile(".*?bpfseal-attack: (\\S+) (\\S+) (alive|gone) (works|fails)\\s*");
  private static final Pattern SIGN = Pattern.compile(".*?bpfseal-sign: (\\S+) ([0-9a-f]+)\\s*");

  /** Where the guard is one that the older of the two compilers has made. */
  private static final Set<String> KERNELS_FOR_CLANG_14 =
      Set.of(System.getProperty("attacks.clang14", "7.2,6.18").split(","));

  /** r1 = the first map of the load's array, r0 = 0, exit. */
  private static final String LOADER_WITH_MAP =
      "18510000000000000000000000000000b7000000000000009500000000000000";

  /**
   * One attack on one image.
   *
   * @param result errno, or OK
   * @param alive whether all held links are still there
   * @param works whether it did what it was meant to
   */
  record Attempt(String result, boolean alive, boolean works) {}

  /**
   * One attack with and without a guard.
   *
   * @param plain empty for what only a guard can answer
   */
  record Attack(String name, Optional<Attempt> plain, Optional<Attempt> guarded) {
    /** What a guard must not disturb is told by its name or its aim. */
    boolean isGood() {
      if (guarded.isEmpty() || !guarded.get().alive()) {
        return false;
      }
      boolean works = guarded.get().works();
      if (plain.isEmpty() || isHarmless()) {
        return works;
      }
      return plain.get().works() != isFutile() && !works;
    }

    /** The kernel itself refuses it. */
    private boolean isFutile() {
      return name.endsWith("-is-futile");
    }

    private boolean isHarmless() {
      return name.endsWith("-is-allowed") || name.endsWith("-is-harmless");
    }

    /** Tab-separated: name, result without and with guard, link alive, verdict. */
    String line() {
      return String.join(
          "\t",
          name,
          plain.map(Attempt::result).orElse("-"),
          guarded.map(Attempt::result).orElse("-"),
          guarded.map(it -> it.alive() ? "alive" : "gone").orElse("-"),
          isGood() ? "good" : "BAD");
    }
  }

  /**
   * All attacks on one kernel.
   *
   * @param warnings lines of the guarded kernel's log that speak of trouble
   */
  record Result(List<Attack> attacks, List<String> warnings) {}

  Result run(String kernel) {
    LabKey key = new LabKey("rsa", scratch);
    LabProgram guard =
        KERNELS_FOR_CLANG_14.contains(kernel)
            ? GuardProgram.compiledBy(14, key)
            : GuardProgram.signedBy(key);
    String words = quick ? " quick" : "";
    Map<String, Attempt> plain =
        attempts(boot(kernel, image(key, Optional.empty(), "none"), words));
    List<String> console =
        new ArrayList<>(boot(kernel, image(key, Optional.of(guard), "types"), words));
    Map<String, Attempt> guarded = attempts(console);
    List<String> anyLoads = boot(kernel, image(key, Optional.of(guard), "any"), " any");
    guarded.putAll(attempts(anyLoads));
    console.addAll(anyLoads);
    return new Result(compare(plain, guarded), warnings(console));
  }

  static List<Attack> compare(Map<String, Attempt> plain, Map<String, Attempt> guarded) {
    return Stream.concat(plain.keySet().stream(), guarded.keySet().stream())
        .distinct()
        .map(
            name ->
                new Attack(
                    name,
                    Optional.ofNullable(plain.get(name)),
                    Optional.ofNullable(guarded.get(name))))
        .toList();
  }

  /** Lines of a kernel's log that speak of trouble. */
  static List<String> warnings(List<String> console) {
    return console.stream()
        .filter(line -> line.matches(".*(WARNING:|BUG:|Oops|Call Trace|general protection).*"))
        .toList();
  }

  static Map<String, Attempt> attempts(List<String> console) {
    Map<String, Attempt> found = new LinkedHashMap<>();
    for (String line : console) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches()) {
        found.put(
            matcher.group(1),
            new Attempt(
                matcher.group(2),
                matcher.group(3).equals("alive"),
                matcher.group(4).equals("works")));
      }
    }
    if (console.stream().noneMatch(line -> line.contains("bpfseal-attack: end"))) {
      throw new AssertionError("the guest did not come to the end: " + String.join("\n", console));
    }
    return found;
  }

  private List<String> boot(String kernel, Path image, String words) {
    String parameters = "rdinit=/usr/lib/bpfseal/init quiet loglevel=5" + words;
    Machine machine =
        new Machine(
            Lab.kernel(kernel),
            image,
            parameters,
            1024,
            List.of("-smp", "2"),
            Duration.ofMinutes(quick ? 5 : 15));
    return machine.boot(line -> line.contains(" outcome=halt"), this::signature).lines();
  }

  /** The guest has no key. */
  private Optional<String> signature(String line) {
    Matcher matcher = SIGN.matcher(line);
    return matcher.matches()
        ? Optional.of(
            new LabKey(matcher.group(1), scratch).sign(Bytes.hex(matcher.group(2))).toHex())
        : Optional.empty();
  }

  /**
   * Puts what the attacks load into an image.
   *
   * @param root the folder that will be the attacked system's root, empty or with a slash behind it
   * @param key the release key
   */
  void addLoads(LabImage image, String root, LabKey key) {
    LabKey own = new LabKey("other", scratch);
    Bytes insns = Bytes.hex("b7000000000000009500000000000000");
    Bytes withMap = Bytes.hex(LOADER_WITH_MAP);
    image
        .file(root + "loads/own.insns", insns)
        .file(root + "loads/own.sha256", Bytes.hex(LabProgram.sha256(insns)))
        .file(root + "loads/own.der", own.der())
        .file(root + "loads/own.p7s", own.sign(insns))
        .file(root + "loads/good.p7s", key.sign(insns))
        .file(root + "loads/map.insns", withMap)
        .file(root + "loads/map.sha256", Bytes.hex(LabProgram.sha256(withMap)))
        .file(root + "loads/map.p7s", key.sign(withMap))
        .file(root + "loads/release.der", key.der());
  }

  private Path image(LabKey key, Optional<LabProgram> guard, String loads) {
    LabKey ops = new LabKey("p256", scratch);
    LabKey boss = new LabKey("other", scratch);
    LabImage image = new LabImage().trusting(key.der()).file("sbin/next", program());
    addLoads(image, "", key);
    List<LabProgram> programs = new AttackTargets(key).programs(guard.isPresent());
    if (guard.isPresent()) {
      Map<String, Bytes> confirmers = new LinkedHashMap<>();
      confirmers.put("ops.der", ops.der());
      confirmers.put("boss.der", boss.der());
      image.guarded(guard.get(), loads, confirmers, key);
      programs.forEach(image::required);
    } else {
      programs.forEach(image::optional);
    }
    return image.write(scratch.resolve("loads-" + loads + ".img"));
  }

  /** The guest's. */
  Bytes program() {
    return guest(scratch);
  }

  /** The program that attacks, or replays the script that it finds. */
  static Bytes guest(Path scratch) {
    return GuestProgram.compile(
        scratch, "attacks", List.of("system.c", "error_name.c", "guard_status.c"));
  }
}
