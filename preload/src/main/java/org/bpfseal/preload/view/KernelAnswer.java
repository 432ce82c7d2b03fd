// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.KernelRelease;
import org.bpfseal.verifier.Verdict;
import org.bpfseal.verifier.image.BundleVerdict;
import org.bpfseal.verifier.image.Guarantee;
import org.bpfseal.verifier.image.ImageFinding;
import org.bpfseal.verifier.image.ProgramVerdict;

/**
 * What one kernel says to one thing of an image.
 *
 * @param subject {@code manifest} or a program's name
 * @param word {@code OK}, an errno, {@code refused} for what we find, {@code passed over} for an
 *     optional program without a form for this kernel, {@code unchecked} where nobody looks
 * @param carrier who looks at its signature: {@code kernel}, {@code guard} or {@code none}
 * @param problems why it is refused
 * @param advice what should be known
 */
public record KernelAnswer(
    KernelRelease kernel,
    String subject,
    String word,
    boolean accepted,
    String carrier,
    List<String> problems,
    List<String> advice) {
  /** The subject that is the whole. */
  public static final String MANIFEST = "manifest";

  /** Copies the lists. */
  public KernelAnswer {
    problems = List.copyOf(problems);
    advice = List.copyOf(advice);
  }

  /** The manifest's, then those of the programs. */
  static List<KernelAnswer> of(KernelRelease kernel, BundleVerdict bundle) {
    List<KernelAnswer> answers = new ArrayList<>();
    answers.add(
        of(
            kernel,
            MANIFEST,
            bundle.signature(),
            "unsigned",
            bundle.findings(),
            bundle.advice(),
            bundle.guarantees()));
    for (ProgramVerdict program : bundle.programs()) {
      String otherwise = program.guarantees().isEmpty() ? "passed over" : "unchecked";
      answers.add(
          of(
              kernel,
              program.name(),
              program.verdict(),
              program.isAccepted() ? otherwise : "refused",
              program.findings(),
              program.advice(),
              program.guarantees()));
    }
    return answers;
  }

  private static KernelAnswer of(
      KernelRelease kernel,
      String subject,
      Optional<Verdict> verdict,
      String otherwise,
      List<ImageFinding> findings,
      List<ImageFinding> notes,
      List<Guarantee> guarantees) {
    List<String> problems = new ArrayList<>();
    List<String> advice = new ArrayList<>();
    if (verdict.orElse(null) instanceof Verdict.Rejected rejected) {
      problems.add(rejected.decisive().message());
    }
    findings.forEach(finding -> problems.add(finding.path() + " " + finding.message()));
    verdict.ifPresent(answer -> answer.advice().forEach(it -> advice.add(it.message())));
    notes.forEach(note -> advice.add(note.path() + " " + note.message()));
    String word = verdict.map(Verdict::word).orElse(otherwise);
    return new KernelAnswer(
        kernel,
        subject,
        word.equals("OK") && !problems.isEmpty() ? "refused" : word,
        problems.isEmpty() && !word.equals("unsigned"),
        guarantees.stream()
            .filter(promise -> promise.item().equals(subject))
            .map(promise -> promise.carrier().text())
            .findFirst()
            .orElse("none"),
        problems,
        advice);
  }
}
