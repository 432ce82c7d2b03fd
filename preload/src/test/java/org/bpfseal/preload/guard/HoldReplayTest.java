// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bpfseal.preload.loader.LabImage;
import org.bpfseal.preload.loader.LabKey;
import org.bpfseal.preload.loader.LabProgram;
import org.bpfseal.testing.HostCommand;
import org.bpfseal.testing.Lab;
import org.bpfseal.testing.Machine;
import org.bpfseal.verifier.bytes.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The guard on a kernel, beside another BSM, does what the guard on paper does. */
@Tag("lab")
class HoldReplayTest {
  private static final long SEED = 20260101;
  private static final int LENGTH = 300;
  private static final Pattern STATE =
      Pattern.compile(".*?bpfseal-state: (\\S+) (alive|gone) ([0-9]+)\\s*");
  private static final Pattern SIGN = Pattern.compile(".*?bpfseal-sign: (\\S+) ([0-9a-f]+)\\s*");

  @TempDir Path folder;

  /** A token that was good once, as the script's step {@code old} takes it. */
  private Optional<String> once = Optional.empty();

  static List<String> kernels() {
    return List.of(System.getProperty("replay.kernels", "7.3,6.12").split(","));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void everySequenceOfStepsIsAnsweredAsOnPaper(String kernel) {
    replay(kernel, SEED, List.of(), List.of());
    String another = once.orElseThrow();
    replay(kernel, SEED + 1, List.of("old " + another), List.of("ESTALE"));
  }

  /** Then, where the model has nothing to say, further lines. */
  private void replay(
      String kernel, long seed, List<String> further, List<String> expectedFurther) {
    boolean signatures = !kernel.equals("6.12");
    HoldModel model = HoldScripts.model(signatures);
    List<HoldStep> steps = HoldScripts.script(seed, signatures, LENGTH);
    List<String> lines = new ArrayList<>(steps.stream().map(HoldStep::line).toList());
    List<String> expected =
        new ArrayList<>(
            steps.stream().map(step -> step.line() + ": " + text(model.take(step))).toList());
    for (int i = 0; i < further.size(); i++) {
      lines.add(further.get(i));
      expected.add(
          further.get(i)
              + ": "
              + text(new HoldModel.Answer(expectedFurther.get(i), true, model.sequence())));
    }
    List<String> found = boot(kernel, lines);
    assertThat(found).as("seed %d", seed).isEqualTo(expected);
  }

  private static String text(HoldModel.Answer answer) {
    return answer.result() + (answer.alive() ? " alive " : " gone ") + answer.sequence();
  }

  private List<String> boot(String kernel, List<String> script) {
    Machine machine =
        new Machine(
            Lab.kernel(kernel),
            image(script),
            "rdinit=/usr/lib/bpfseal/init quiet loglevel=1",
            1024,
            List.of("-smp", "2"),
            Duration.ofMinutes(8));
    List<String> console =
        machine.boot(line -> line.contains(" outcome=halt"), this::signature).lines();
    List<String> answers =
        console.stream()
            .map(STATE::matcher)
            .filter(Matcher::matches)
            .map(line -> line.group(1) + " " + line.group(2) + " " + line.group(3))
            .toList();
    assertThat(console).anyMatch(line -> line.contains("bpfseal-state: end"));
    List<String> found = new ArrayList<>();
    for (int i = 0; i < Math.min(script.size(), answers.size()); i++) {
      found.add(script.get(i) + ": " + answers.get(i));
    }
    return found;
  }

  private Optional<String> signature(String line) {
    Matcher matcher = SIGN.matcher(line);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String signature =
        new LabKey(matcher.group(1), folder).sign(Bytes.hex(matcher.group(2))).toHex();
    once = once.or(() -> Optional.of(matcher.group(2) + " " + signature));
    return Optional.of(signature);
  }

  private Path image(List<String> script) {
    LabKey key = new LabKey("rsa", folder);
    Map<String, Bytes> confirmers = new LinkedHashMap<>();
    confirmers.put("ops.der", new LabKey("p256", folder).der());
    confirmers.put("boss.der", new LabKey("other", folder).der());
    Bytes insns = Bytes.hex("b7000000000000009500000000000000");
    LabImage image =
        new LabImage()
            .trusting(key.der())
            .file("script", Bytes.utf8(script.stream().collect(Collectors.joining("\n", "", "\n"))))
            .file("sbin/next", AttackSuite.guest(folder))
            .file("loads/own.insns", insns)
            .file("loads/own.sha256", Bytes.hex(LabProgram.sha256(insns)))
            .file("loads/good.p7s", key.sign(insns))
            .guarded(GuardProgram.signedBy(key), "types", confirmers, key)
            .required(refuser(key));
    new AttackTargets(key).programs(true).forEach(image::required);
    return image.write(folder.resolve("replay.img"));
  }

  private LabProgram refuser(LabKey key) {
    Path guard = Lab.repository().resolve("preload/src/main/bpf");
    Path object = folder.resolve("refuser.bpf.o");
    HostCommand.outputOf(
        Lab.clang(19),
        "-target",
        "bpf",
        "-mcpu=v3",
        "-ffreestanding",
        "-std=gnu11",
        "-g",
        "-O2",
        "-I" + guard,
        "-c",
        Lab.repository().resolve("preload/src/test/bpf/refuser.bpf.c"),
        "-o",
        object);
    HostCommand.outputOf(Lab.llvmTool(19, "llvm-strip"), "-g", object);
    return LabProgram.of(
        "refuser",
        object,
        key,
        """
        map refuser.bss array
        prog refuse_once lsm
        link refuse refuse_once lsm stop-on-confirm
        """);
  }
}
