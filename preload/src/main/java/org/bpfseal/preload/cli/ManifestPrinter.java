// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bpfseal.verifier.cli.Json;
import org.bpfseal.verifier.cli.Table;
import org.bpfseal.verifier.manifest.CertificateEntry;
import org.bpfseal.verifier.manifest.GuardEntry;
import org.bpfseal.verifier.manifest.Manifest;
import org.bpfseal.verifier.manifest.MapEntry;
import org.bpfseal.verifier.manifest.ProgramEntry;

/** Shows what a manifest loads. */
final class ManifestPrinter {
  private ManifestPrinter() {}

  static void print(Manifest manifest, boolean json, PrintWriter out) {
    out.print(json ? Json.of(values(manifest)) + "\n" : text(manifest));
    out.flush();
  }

  private static String text(Manifest manifest) {
    Table table = new Table();
    table.row(
        "manifest",
        "version " + manifest.version(),
        "failure " + manifest.failure().text(),
        "next " + manifest.next());
    table.row(
        "keyring",
        manifest.keyring().text(),
        Table.count(manifest.certificates().size(), "certificate"));
    manifest
        .guard()
        .ifPresent(
            guard ->
                table.row(
                    "guard",
                    "loads " + guard.loads().text(),
                    Table.count(guard.confirmers().size(), "confirmer"),
                    Table.count(guard.progs().size(), "prog")));
    for (int i = 0; i < manifest.programs().size(); i++) {
      ProgramEntry program = manifest.programs().get(i);
      table.row(
          (i + 1) + " " + program.name(),
          program.optional() ? "optional" : "required",
          "kernels " + String.join(" ", generations(program)),
          Table.count(program.progs().size(), "prog")
              + ", "
              + Table.count(program.links().size(), "link")
              + held(program)
              + ", "
              + Table.count(program.maps().size(), "map")
              + pinned(program));
    }
    return table.toString();
  }

  private static String pinned(ProgramEntry program) {
    long pinned = program.maps().stream().filter(MapEntry::pinned).count();
    return pinned == 0 ? "" : " (" + pinned + " pinned)";
  }

  private static String held(ProgramEntry program) {
    long held = program.links().stream().filter(link -> link.hold().isPresent()).count();
    return held == 0 ? "" : " (" + held + " held)";
  }

  private static List<String> generations(ProgramEntry program) {
    return program.forms().keySet().stream().map(form -> form.id()).toList();
  }

  static Map<String, Object> values(Manifest manifest) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("schema", "bpfseal-manifest-summary 1");
    values.put("version", manifest.version());
    values.put("keyring", manifest.keyring().text());
    values.put(
        "certificates", manifest.certificates().stream().map(CertificateEntry::name).toList());
    values.put("failure", manifest.failure().text());
    values.put("next", manifest.next());
    manifest.guard().ifPresent(guard -> values.put("guard", values(guard)));
    values.put("programs", manifest.programs().stream().map(ManifestPrinter::values).toList());
    return values;
  }

  private static Map<String, Object> values(ProgramEntry program) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("name", program.name());
    values.put("optional", program.optional());
    values.put("data_sha256", program.data().sha256().toHex());
    values.put("kernels", generations(program));
    values.put(
        "maps",
        program.maps().stream()
            .map(
                map ->
                    Map.of("name", map.name(), "type", map.type().text(), "pinned", map.pinned()))
            .map(ManifestPrinter::sorted)
            .toList());
    values.put(
        "progs",
        program.progs().stream()
            .map(prog -> Map.of("name", prog.name(), "type", prog.type().text()))
            .map(ManifestPrinter::sorted)
            .toList());
    values.put("links", program.links().stream().map(link -> link.name()).toList());
    values.put(
        "held",
        program.links().stream()
            .filter(link -> link.hold().isPresent())
            .map(link -> link.name())
            .toList());
    return values;
  }

  private static Map<String, Object> values(GuardEntry guard) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("loads", guard.loads().text());
    values.put("confirmers", guard.confirmers().stream().map(CertificateEntry::name).toList());
    values.put("progs", guard.progs().size());
    return values;
  }

  private static Map<String, Object> sorted(Map<String, ?> values) {
    return new TreeMap<>(values);
  }
}
