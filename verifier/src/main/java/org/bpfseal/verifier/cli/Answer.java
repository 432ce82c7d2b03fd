// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpfseal.verifier.Advice;
import org.bpfseal.verifier.Finding;
import org.bpfseal.verifier.KernelRelease;
import org.bpfseal.verifier.Verdict;
import org.bpfseal.verifier.image.Guarantee;
import org.bpfseal.verifier.image.ImageFinding;

/**
 * One kernel's answer to one thing, as lines and as JSON.
 *
 * @param file that was given
 * @param subject what was judged
 * @param verdict absent if there is nothing for this kernel to judge
 * @param signer who signed it, if that is known
 * @param keyring where the key was looked for
 * @param problems what we refuse though the kernel might not
 * @param notes what the operator should know; like advice, it is no refusal
 * @param guarantees what an image promises, and who keeps it
 */
record Answer(
    Path file,
    String subject,
    KernelRelease kernel,
    Optional<Verdict> verdict,
    Optional<String> signer,
    String keyring,
    List<ImageFinding> problems,
    List<ImageFinding> notes,
    List<Guarantee> guarantees) {
  private static final String NO_FORM_HINT =
      "sign its object again; bpf-sign sign makes both forms";

  /** Copies the lists. */
  Answer {
    problems = List.copyOf(problems);
    notes = List.copyOf(notes);
    guarantees = List.copyOf(guarantees);
  }

  /** An answer to something that is in no image. */
  Answer(
      Path file,
      String subject,
      KernelRelease kernel,
      Optional<Verdict> verdict,
      Optional<String> signer,
      String keyring) {
    this(file, subject, kernel, verdict, signer, keyring, List.of(), List.of(), List.of());
  }

  /** Whether it is a yes, and one without advice if that is asked for. */
  ExitCode exitCode(boolean strict) {
    boolean accepted = verdict.map(Verdict::isAccepted).orElse(!notes.isEmpty());
    boolean advised = !notes.isEmpty() || verdict.stream().anyMatch(it -> !it.advice().isEmpty());
    return problems.isEmpty() && accepted && !(strict && advised) ? ExitCode.OK : ExitCode.REFUSED;
  }

  String word() {
    String word = verdict.map(Verdict::word).orElse("none");
    return problems.isEmpty() || verdict.stream().anyMatch(it -> !it.isAccepted())
        ? word
        : "refused";
  }

  /** Lines of a table: the subject, the kernel, the word, what is to say. */
  List<List<String>> lines() {
    List<String> texts = new ArrayList<>();
    problems.forEach(problem -> texts.add(text(problem)));
    if (verdict.isEmpty() && problems.isEmpty() && notes.isEmpty()) {
      texts.add("it has no form for this kernel");
      texts.add("hint: " + NO_FORM_HINT);
    }
    if (verdict.isPresent()) {
      switch (verdict.get()) {
        case Verdict.Accepted accepted ->
            texts.add((problems.isEmpty() ? "" : "its signature alone is ") + accepted());
        case Verdict.Rejected rejected -> rejected(rejected, texts);
      }
      verdict.get().advice().forEach(advice -> texts.add("advice: " + advice.message()));
    }
    notes.forEach(note -> texts.add("advice: " + text(note)));
    guarantees.forEach(promise -> texts.add(text(promise)));
    List<List<String>> lines = new ArrayList<>();
    for (String text : texts) {
      lines.add(
          lines.isEmpty()
              ? List.of(subject, kernel.toString(), word(), text)
              : List.of("", "", "", text));
    }
    return lines;
  }

  private static String text(Guarantee promise) {
    return "%s: %s, carrier %s".formatted(promise.item(), promise.text(), promise.carrier().text());
  }

  private static String text(ImageFinding finding) {
    return finding.path() + " " + finding.message();
  }

  private String accepted() {
    return "accepted ("
        + keyring
        + " keyring)"
        + signer.map(name -> ", signed by " + name).orElse("");
  }

  private void rejected(Verdict.Rejected rejected, List<String> texts) {
    Finding decisive = rejected.decisive();
    texts.add(decisive.message());
    texts.add(place(decisive));
    texts.add(decisive.check().function().in(kernel));
    texts.add("hint: " + decisive.check().remedy().text());
    rejected.further().forEach(finding -> texts.add("also: " + finding.message()));
  }

  private static String place(Finding finding) {
    return "at "
        + finding.path()
        + (finding.offset().isPresent() ? ", byte " + finding.offset().getAsLong() : "")
        + ", check "
        + finding.check().code();
  }

  Map<String, Object> json() {
    Map<String, Object> fields =
        Inspection.fields(
            "file",
            file.toString(),
            "subject",
            subject,
            "kernel",
            kernel.toString(),
            "keyring",
            keyring,
            "verdict",
            word());
    signer.ifPresent(name -> fields.put("signer", name));
    if (verdict.orElse(null) instanceof Verdict.Rejected rejected) {
      fields.putAll(finding(rejected.decisive()));
      fields.put("further", rejected.further().stream().map(this::finding).toList());
    }
    fields.put("problems", problems.stream().map(it -> finding("check", it)).toList());
    List<Map<String, Object>> advice = new ArrayList<>();
    verdict.ifPresent(answer -> answer.advice().forEach(it -> advice.add(advice(it))));
    notes.forEach(note -> advice.add(finding("kind", note)));
    fields.put("advice", advice);
    if (!guarantees.isEmpty()) {
      fields.put("guarantees", guarantees.stream().map(Answer::guarantee).toList());
    }
    return fields;
  }

  private Map<String, Object> finding(Finding finding) {
    Map<String, Object> fields =
        Inspection.fields(
            "check", finding.check().code(),
            "errno", finding.errno().name(),
            "path", finding.path(),
            "message", finding.message(),
            "function", finding.check().function().in(kernel),
            "hint", finding.check().remedy().text());
    finding.offset().ifPresent(offset -> fields.put("offset", offset));
    return fields;
  }

  private static Map<String, Object> finding(String key, ImageFinding finding) {
    return Inspection.fields(
        key, finding.check().code(), "path", finding.path(), "message", finding.message());
  }

  private static Map<String, Object> guarantee(Guarantee promise) {
    return Inspection.fields(
        "item", promise.item(), "carrier", promise.carrier().text(), "text", promise.text());
  }

  private static Map<String, Object> advice(Advice advice) {
    return Inspection.fields(
        "kind", advice.kind().code(), "path", advice.path(), "message", advice.message());
  }
}
