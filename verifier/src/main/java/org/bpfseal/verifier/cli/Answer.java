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

/**
 * One kernel's answer to one thing, as lines and as JSON.
 *
 * @param file that was given
 * @param subject what was judged
 * @param verdict absent if there is nothing for this kernel to judge
 * @param signer who signed it, if that is known
 * @param keyring where the key was looked for
 */
record Answer(
    Path file,
    String subject,
    KernelRelease kernel,
    Optional<Verdict> verdict,
    Optional<String> signer,
    String keyring) {
  private static final String NO_FORM_HINT =
      "sign its object again; bpf-sign sign makes both forms";

  /** Whether it is a yes, and one without advice if that is asked for. */
  ExitCode exitCode(boolean strict) {
    boolean good =
        verdict
            .map(answer -> answer.isAccepted() && !(strict && !answer.advice().isEmpty()))
            .orElse(false);
    return good ? ExitCode.OK : ExitCode.REFUSED;
  }

  String word() {
    return verdict.map(Verdict::word).orElse("none");
  }

  /** Lines of a table: the subject, the kernel, the word, what is to say. */
  List<List<String>> lines() {
    List<String> texts = new ArrayList<>();
    if (verdict.isEmpty()) {
      texts.add("it has no form for this kernel");
      texts.add("hint: " + NO_FORM_HINT);
    } else {
      switch (verdict.get()) {
        case Verdict.Accepted accepted -> texts.add(accepted());
        case Verdict.Rejected rejected -> rejected(rejected, texts);
      }
      verdict.get().advice().forEach(advice -> texts.add("advice: " + advice.message()));
    }
    List<List<String>> lines = new ArrayList<>();
    for (String text : texts) {
      lines.add(
          lines.isEmpty()
              ? List.of(subject, kernel.toString(), word(), text)
              : List.of("", "", "", text));
    }
    return lines;
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
    fields.put(
        "advice",
        verdict.stream().flatMap(answer -> answer.advice().stream()).map(Answer::advice).toList());
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

  private static Map<String, Object> advice(Advice advice) {
    return Inspection.fields(
        "kind", advice.kind().name(), "path", advice.path(), "message", advice.message());
  }
}
