// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.Json;

/**
 * Outcomes as one JSON object, printed at the end: {@code {"schema": "bpf-sign-sign 1", "results":
 * […]}}.
 */
record OutcomeJson(PrintWriter out) implements OutcomePrinter {
  @Override
  public void print(Outcome outcome) {
    // All are in the one object that finish() prints.
  }

  @Override
  public void finish(List<Outcome> outcomes) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("schema", "bpf-sign-sign 1");
    document.put("results", outcomes.stream().map(OutcomeJson::result).toList());
    out.println(Json.of(document));
    out.flush();
  }

  private static Map<String, Object> result(Outcome outcome) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", outcome.task().name());
    fields.put("input", outcome.task().input().toString());
    fields.put("output", outcome.task().output().toString());
    switch (outcome) {
      case Outcome.Done done -> {
        fields.put("result", done.word());
        fields.put("forms", done.parts());
        fields.put("sha256", done.sha256());
        fields.put("warnings", done.warnings());
      }
      case Outcome.Skipped skipped -> fields.put("result", "skipped");
      case Outcome.Refused refused -> failure(fields, "refused", refused.failure());
      case Outcome.Failed failed -> failure(fields, "failed", failed.failure());
    }
    fields.put("exitCode", outcome.exitCode().status());
    return fields;
  }

  private static void failure(Map<String, Object> fields, String result, CommandFailure failure) {
    fields.put("result", result);
    fields.put("message", String.valueOf(failure.getMessage()));
    fields.put("hint", failure.hint());
  }
}
