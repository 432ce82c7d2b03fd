// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.PrintWriter;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.bpfseal.signer.key.DigestAlgorithm;
import org.bpfseal.signer.object.BpfMap;
import org.bpfseal.signer.object.BpfObject;
import org.bpfseal.signer.object.MapDefinition;
import org.bpfseal.signer.object.MapTraits;
import org.bpfseal.signer.object.SectionKind;
import org.bpfseal.signer.program.ObjectSummary;
import org.bpfseal.signer.skeleton.LoadedProgram;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.program.Generation;

/** Summaries as lines whose columns line up. */
record SummaryText(PrintWriter out) implements SummaryPrinter {
  @Override
  public void print(Path file, ObjectSummary summary) {
    BpfObject object = summary.object();
    out.println(
        "%s   ELF64 BPF %s-endian, BTF %d bytes, license %s"
            .formatted(
                file.getFileName(),
                object.order() == ByteOrder.LITTLE_ENDIAN ? "little" : "big",
                object.btf().map(btf -> btf.bytes().size()).orElse(0),
                object.license().isEmpty() ? "none" : object.license()));
    List<List<String>> rows = new ArrayList<>();
    summary.programs().forEach(program -> rows.add(program(program)));
    summary
        .leftOut()
        .forEach(
            program ->
                rows.add(
                    List.of(
                        "optional",
                        program.name(),
                        "?" + program.sectionName(),
                        "not loaded",
                        "")));
    table(rows);
    table(object.maps().stream().map(SummaryText::map).toList());
    summary.needs().forEach(need -> out.println("  needs     " + need));
    summary.warnings().forEach(warning -> out.println("  warning   " + warning));
    out.println(
        "  would sign  "
            + summary.forms().stream()
                .map(form -> form(form, summary.data().size()))
                .collect(Collectors.joining("   ")));
    out.println("  --as program  " + alone(summary.alone()));
    out.println("  blob      sha256 " + sha256(summary));
    for (ObjectSummary.Form form : summary.forms()) {
      out.println(
          "  " + padded(form.generation().id(), 10) + "sha256 " + form.exclusiveHash().toHex());
    }
    out.flush();
  }

  @Override
  public void refused(Path file, CommandFailure failure) {
    out.println(file.getFileName() + "   refused: " + failure.getMessage());
    if (!failure.hint().isEmpty()) {
      out.println("  hint: " + failure.hint());
    }
    out.flush();
  }

  @Override
  public void finish() {
    out.flush();
  }

  private static String alone(ObjectSummary.Alone alone) {
    return alone.obstacle().isEmpty()
        ? "too, for "
            + alone.generations().stream().map(Generation::id).collect(Collectors.joining(", "))
        : "no: " + alone.obstacle();
  }

  private static String sha256(ObjectSummary summary) {
    return DigestAlgorithm.SHA_256.digest(summary.data()).toHex();
  }

  private static List<String> program(LoadedProgram loaded) {
    SectionKind kind = loaded.program().kind().orElseThrow();
    String core =
        switch (loaded.coreRecords()) {
          case 0 -> "";
          case 1 -> ", 1 CO-RE record";
          default -> ", " + loaded.coreRecords() + " CO-RE records";
        };
    return List.of(
        "program",
        loaded.program().name(),
        loaded.program().sectionName(),
        kind.type().text() + (kind.sleepable() ? ", sleepable" : ""),
        loaded.instructions() + " instructions" + core);
  }

  private static List<String> map(BpfMap map) {
    MapDefinition definition = map.definition();
    StringBuilder text = new StringBuilder(MapTraits.text(definition.type()));
    if (map.content().isPresent()) {
      BpfMap.Content content = map.content().get();
      text.append(content.frozen() ? ", frozen" : "").append(", ").append(content.size());
      text.append(" bytes");
    } else {
      text.append(" ").append(Integer.toUnsignedString(definition.keySize()));
      text.append(" → ").append(Integer.toUnsignedString(definition.valueSize()));
      text.append(", ").append(Integer.toUnsignedString(definition.maxEntries()));
      text.append(" entries");
      map.inner().ifPresent(inner -> text.append(", of ").append(MapTraits.text(inner.type())));
      if (!map.slots().isEmpty()) {
        text.append(", ").append(map.slots().size()).append(" filled");
      }
    }
    return List.of("map", map.name(), text.toString());
  }

  private static String form(ObjectSummary.Form form, int data) {
    String covered =
        form.generation() == Generation.V7_3
            ? form.insns().size() + " + " + data
            : String.valueOf(form.insns().size());
    return form.generation().id() + ": " + covered + " bytes";
  }

  /** Rows of equal length, each column as wide as its widest text. */
  private void table(List<List<String>> rows) {
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        int column = i;
        int width = rows.stream().mapToInt(other -> other.get(column).length()).max().orElse(0);
        line.append("  ").append(padded(row.get(i), i == 0 ? 8 : width));
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
