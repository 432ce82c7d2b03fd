// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bpfseal.signer.SignableUnit;
import org.bpfseal.signer.key.DigestAlgorithm;
import org.bpfseal.verifier.cli.Json;

/** Says of each digest what it is of, so that its signer knows what is signed. */
final class DigestPrinter {
  private final PrintWriter out;
  private final boolean json;
  private final List<Map<String, Object>> results = new ArrayList<>();

  DigestPrinter(PrintWriter out, boolean json) {
    this.out = out;
    this.json = json;
  }

  void print(
      Path input, SignKind kind, SignableUnit.Part part, DigestAlgorithm digest, Path output) {
    String hex = digest.digest(part.payload()).toHex();
    String kindName = kind.name().toLowerCase(Locale.ROOT);
    if (!json) {
      out.println(input.getFileName() + (part.name().isEmpty() ? "" : "   " + part.name()));
      line("kind", kindName);
      line("covers", part.covers() + ", " + part.payload().size() + " bytes");
      line(digest.id(), hex);
      line("written to", output.toString());
      out.flush();
      return;
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("input", input.toString());
    fields.put("kind", kindName);
    fields.put("part", part.name());
    fields.put("covers", part.covers());
    fields.put("bytes", part.payload().size());
    fields.put("digest", digest.id());
    fields.put("value", hex);
    fields.put("output", output.toString());
    results.add(fields);
  }

  void finish() {
    if (json) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("schema", "bpf-sign-digest 1");
      document.put("results", results);
      out.println(Json.of(document));
      out.flush();
    }
  }

  private void line(String name, String value) {
    out.println("  " + name + " ".repeat(Math.max(1, 12 - name.length())) + value);
  }
}
