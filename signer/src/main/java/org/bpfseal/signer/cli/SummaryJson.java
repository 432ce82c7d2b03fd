// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.PrintWriter;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpfseal.signer.key.DigestAlgorithm;
import org.bpfseal.signer.object.BpfMap;
import org.bpfseal.signer.object.MapDefinition;
import org.bpfseal.signer.object.MapTraits;
import org.bpfseal.signer.object.SectionKind;
import org.bpfseal.signer.program.ObjectSummary;
import org.bpfseal.signer.skeleton.LoadedProgram;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.Json;
import org.bpfseal.verifier.program.Generation;

/**
 * Summaries as one JSON object, printed at the end: {@code {"schema": "bpf-sign-show 1", "results":
 * […]}}.
 */
final class SummaryJson implements SummaryPrinter {
  private final PrintWriter out;
  private final List<Map<String, Object>> results = new ArrayList<>();

  SummaryJson(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void print(Path file, ObjectSummary summary) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("input", file.toString());
    fields.put("result", "signable");
    fields.put("byteOrder", summary.object().order() == ByteOrder.LITTLE_ENDIAN ? "little" : "big");
    fields.put("license", summary.object().license());
    fields.put("btfBytes", summary.object().btf().map(btf -> btf.bytes().size()).orElse(0));
    fields.put("programs", summary.programs().stream().map(SummaryJson::program).toList());
    fields.put("leftOut", summary.leftOut().stream().map(program -> program.name()).toList());
    fields.put("maps", summary.object().maps().stream().map(SummaryJson::map).toList());
    fields.put("needs", summary.needs());
    fields.put("warnings", summary.warnings());
    fields.put("dataBytes", summary.data().size());
    fields.put("dataSha256", DigestAlgorithm.SHA_256.digest(summary.data()).toHex());
    fields.put("forms", summary.forms().stream().map(SummaryJson::form).toList());
    fields.put("programFor", summary.alone().generations().stream().map(Generation::id).toList());
    fields.put("noProgram", summary.alone().obstacle());
    results.add(fields);
  }

  @Override
  public void refused(Path file, CommandFailure failure) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("input", file.toString());
    fields.put("result", "refused");
    fields.put("message", String.valueOf(failure.getMessage()));
    fields.put("hint", failure.hint());
    results.add(fields);
  }

  @Override
  public void finish() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("schema", "bpf-sign-show 1");
    document.put("results", results);
    out.println(Json.of(document));
    out.flush();
  }

  private static Map<String, Object> program(LoadedProgram loaded) {
    SectionKind kind = loaded.program().kind().orElseThrow();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", loaded.program().name());
    fields.put("section", loaded.program().sectionName());
    fields.put("type", kind.type().text());
    fields.put("attachType", kind.attachType());
    fields.put("target", loaded.program().target().orElse(""));
    fields.put("sleepable", kind.sleepable());
    fields.put("instructions", loaded.instructions());
    fields.put("coreRecords", loaded.coreRecords());
    return fields;
  }

  private static Map<String, Object> map(BpfMap map) {
    MapDefinition definition = map.definition();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", map.name());
    fields.put("section", map.section());
    fields.put("type", MapTraits.text(definition.type()));
    fields.put("keySize", Integer.toUnsignedLong(definition.keySize()));
    fields.put("valueSize", Integer.toUnsignedLong(definition.valueSize()));
    fields.put("maxEntries", Integer.toUnsignedLong(definition.maxEntries()));
    fields.put("flags", Integer.toUnsignedLong(definition.flags()));
    fields.put("frozen", map.content().filter(BpfMap.Content::frozen).isPresent());
    fields.put("slots", map.slots().size());
    return fields;
  }

  private static Map<String, Object> form(ObjectSummary.Form form) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("generation", form.generation().id());
    fields.put("insnsBytes", form.insns().size());
    fields.put("exclusiveHash", form.exclusiveHash().toHex());
    return fields;
  }
}
