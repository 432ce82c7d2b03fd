// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bpfseal.testing.Lab;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The proof: real kernels and the mirror answer the same cases, errno for errno.
 *
 * <p>System properties make it longer, see prove.sh: {@code proof.cases} and {@code proof.seed},
 * {@code proof.kernels} (series with commas between, {@code +modules} behind one loads SHA-3,
 * Streebog and EC-RDSA, {@code +fips} is FIPS mode), {@code proof.disagreements} (the folder that
 * each disagreement is written to). It prints a row for the table in the README.
 */
@Tag("lab")
class KernelProofTest {
  private static final int CASES = Integer.getInteger("proof.cases", 2000);
  private static final long SEED = Long.getLong("proof.seed", 1);

  /** Cases about keyrings, and as many about the other users. */
  private static final int STEPS = Integer.getInteger("proof.steps", 240);

  /** The archive has no modules for it any more, so no file systems. */
  private static final String WITHOUT_MODULES = "7.0";

  private static final int CASES_OF_A_BOOT = 5000;
  private static final Path DISAGREEMENTS =
      Path.of(System.getProperty("proof.disagreements", "target/disagreements"));
  private static final int FIRST_VECTOR = 1_000_000_000;
  private static final int FIRST_RULE = 1_050_000_000;
  private static final String[] EXPECTED = {"OK", "EBADMSG", "EINVAL", "EKEYREJECTED", "ENOPKG"};
  private static final int FIRST_WITH_STEPS = 1_100_000_000;

  private record Part(int from, boolean modules) {}

  private static final Map<Part, SoftReference<List<Case>>> MADE = new ConcurrentHashMap<>();

  @TempDir Path folder;

  static Stream<String> kernels() {
    return Stream.of(
        System.getProperty("proof.kernels", "6.12,6.18,7.0,7.2,7.3,7.3+modules,6.18+fips")
            .split(",", -1));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void theMirrorAnswersAsTheKernel(String name) {
    boolean modules = name.endsWith(MirrorAnswers.WITH_MODULES);
    String series = name.split("\\+", -1)[0];
    String variant = name.substring(series.length());
    boolean files = !series.equals(WITHOUT_MODULES);
    RealKernel kernel = kernel(series, variant, files);
    MirrorAnswers mirror = MirrorAnswers.of(kernel.release() + variant);
    List<Disagreement> disagreements = new ArrayList<>();
    Map<String, Long> words = new TreeMap<>();
    for (int from = 0; from < CASES; from += CASES_OF_A_BOOT) {
      List<Case> cases = new ArrayList<>(from == 0 ? known(modules) : List.of());
      cases.addAll(made(from, modules));
      if (from == 0) {
        cases.addAll(withSteps(files));
      }
      List<Answer> answers = kernel.answer(cases);
      count(answers).forEach((word, count) -> words.merge(word, count, Long::sum));
      disagreements.addAll(Disagreement.between(cases, answers, mirror.judge(cases)));
    }
    System.out.printf(
        "| %s%s | %d | %d | %s | %d | %s |%n",
        kernel.release(),
        variant,
        CASES,
        disagreements.size(),
        LocalDate.now(ZoneOffset.UTC),
        SEED,
        words);
    for (Disagreement each : disagreements) {
      each.write(
          DISAGREEMENTS.resolve("%s-%d-%d.txt".formatted(name, SEED, each.one().id())), name);
    }
    assertThat(words).as("a corpus that tells kernels apart").containsKeys(EXPECTED);
    assertThat(disagreements).isEmpty();
  }

  private RealKernel kernel(String series, String variant, boolean files) {
    RealKernel plain = RealKernel.of(series, folder);
    RealKernel basic =
        switch (variant) {
          case "" -> plain;
          case MirrorAnswers.WITH_MODULES -> plain.withCryptoModules();
          case MirrorAnswers.IN_FIPS_MODE -> plain.inFipsMode();
          default -> throw new IllegalArgumentException("no such kernel: " + series + variant);
        };
    return files ? basic.withLoop() : basic;
  }

  /** What was found before is asked again, and what {@link RulesTest} holds to be a rule. */
  private static List<Case> known(boolean modules) {
    Stream<Case> vectors =
        VerdictVector.all(Lab.vectors().resolve("verdicts")).stream()
            .map(VerdictVector::one)
            .map(
                one ->
                    new Case(FIRST_VECTOR + one.id(), one.story(), one.certificates(), one.load()));
    List<Ruled> rules =
        Stream.of(Rules.values())
            .filter(table -> table.needsModules() == modules)
            .flatMap(table -> table.rows().stream())
            .toList();
    Stream<Case> asked =
        IntStream.range(0, rules.size()).mapToObj(i -> rules.get(i).asked(FIRST_RULE + i));
    return Stream.concat(vectors, asked).toList();
  }

  /**
   * Keyrings and the other users of signatures; modules that must be signed come last.
   *
   * @param files whether fs-verity is among them
   */
  private static List<Case> withSteps(boolean files) {
    KeyringSteps keyrings = new KeyringSteps(SEED);
    UserSteps users = new UserSteps(SEED);
    List<Case> cases = new ArrayList<>();
    IntStream.range(0, STEPS)
        .mapToObj(i -> keyrings.make(FIRST_WITH_STEPS + i))
        .forEach(cases::add);
    for (UserSteps.User user : UserSteps.User.values()) {
      for (int i = 0; i < STEPS / 4 && (files || user != UserSteps.User.FSVERITY); i++) {
        cases.add(users.make(FIRST_WITH_STEPS + cases.size(), user));
      }
    }
    return cases;
  }

  /** The cases of one boot; kept for the next kernel, as long as there is room. */
  private static List<Case> made(int from, boolean modules) {
    Part part = new Part(from, modules);
    @Nullable SoftReference<List<Case>> kept = MADE.get(part);
    @Nullable List<Case> known = kept == null ? null : kept.get();
    if (known != null) {
      return known;
    }
    CaseMaker maker = new CaseMaker(SEED, modules);
    List<Case> cases =
        IntStream.range(from, Math.min(CASES, from + CASES_OF_A_BOOT))
            .parallel()
            .mapToObj(maker::make)
            .toList();
    MADE.put(part, new SoftReference<>(cases));
    return cases;
  }

  private static Map<String, Long> count(List<Answer> answers) {
    return answers.stream()
        .flatMap(answer -> answer.words().stream())
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }
}
