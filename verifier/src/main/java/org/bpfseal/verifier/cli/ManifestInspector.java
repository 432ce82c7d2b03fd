// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.manifest.GuardEntry;
import org.bpfseal.verifier.manifest.Hold;
import org.bpfseal.verifier.manifest.LinkEntry;
import org.bpfseal.verifier.manifest.Manifest;
import org.bpfseal.verifier.manifest.ManifestReader;
import org.bpfseal.verifier.manifest.ManifestText;
import org.bpfseal.verifier.manifest.MapEntry;
import org.bpfseal.verifier.manifest.ProgEntry;
import org.bpfseal.verifier.manifest.ProgramEntry;

/** A manifest: what the boot loader would do, in order. */
final class ManifestInspector {
  private final List<Inspection.Row> rows = new ArrayList<>();

  private ManifestInspector() {}

  static Inspection inspect(Bytes file) throws FormatException {
    return new Inspection("manifest", rows(ManifestReader.read(file)));
  }

  static List<Inspection.Row> rows(Manifest manifest) {
    ManifestInspector inspector = new ManifestInspector();
    inspector.head(manifest);
    manifest.guard().ifPresent(inspector::guard);
    int position = 0;
    for (ProgramEntry program : manifest.programs()) {
      position++;
      inspector.program(position, program);
    }
    return inspector.rows;
  }

  private void head(Manifest manifest) {
    row(
        "manifest",
        List.of(
            "version " + manifest.version(),
            "keyring " + manifest.keyring().text(),
            "on failure " + manifest.failure().text(),
            "next " + manifest.next()),
        "version",
        manifest.version(),
        "keyring",
        manifest.keyring().text(),
        "failure",
        manifest.failure().text(),
        "next",
        manifest.next());
    manifest
        .certificates()
        .forEach(
            certificate ->
                row(
                    "certificate",
                    List.of(certificate.name(), "sha256 " + certificate.sha256().toHex()),
                    "name",
                    certificate.name(),
                    "sha256",
                    certificate.sha256().toHex()));
  }

  private void guard(GuardEntry guard) {
    row(
        "guard",
        List.of("loads " + guard.loads().text()),
        "loads",
        guard.loads().text(),
        "data",
        guard.data().sha256().toHex());
    guard
        .confirmers()
        .forEach(
            certificate ->
                row(
                    "confirm",
                    List.of(certificate.name(), "sha256 " + certificate.sha256().toHex()),
                    "name",
                    certificate.name(),
                    "sha256",
                    certificate.sha256().toHex()));
  }

  /** Who may end it. */
  private static String hold(Hold hold) {
    String names = hold.confirmers().isEmpty() ? "nobody" : String.join(" or ", hold.confirmers());
    return "stop-on-confirm by " + names + (hold.bestEffort() ? ", best effort" : "");
  }

  private void program(int position, ProgramEntry program) {
    String forms =
        program.forms().keySet().stream()
            .map(generation -> generation.id())
            .collect(Collectors.joining(" and "));
    row(
        "program",
        List.of(
            "%02d".formatted(position),
            program.name(),
            (program.optional() ? "optional" : "required") + ", for " + forms),
        "position",
        position,
        "name",
        program.name(),
        "optional",
        program.optional(),
        "data",
        program.data().sha256().toHex(),
        "forms",
        program.forms().entrySet().stream()
            .map(
                form ->
                    Inspection.fields(
                        "generation", form.getKey().id(),
                        "size", form.getValue().size(),
                        "sha256", form.getValue().sha256().toHex()))
            .toList());
    for (MapEntry map : program.maps()) {
      String pinned = map.pinned() ? "pinned" : "";
      row(
          "map",
          List.of(program.name(), map.name(), map.type().text(), pinned),
          "program",
          program.name(),
          "name",
          map.name(),
          "type",
          map.type().text(),
          "pinned",
          map.pinned());
    }
    for (ProgEntry prog : program.progs()) {
      row(
          "prog",
          List.of(program.name(), prog.name(), prog.type().text()),
          "program",
          program.name(),
          "name",
          prog.name(),
          "type",
          prog.type().text());
    }
    for (LinkEntry link : program.links()) {
      String target = ManifestText.link(link.target());
      String hold = link.hold().map(ManifestInspector::hold).orElse("");
      row(
          "link",
          List.of(
              program.name(), link.name(), program.progs().get(link.prog()).name(), target, hold),
          "program",
          program.name(),
          "name",
          link.name(),
          "prog",
          link.prog(),
          "target",
          target,
          "hold",
          hold);
    }
  }

  private void row(String label, List<String> cells, Object... fields) {
    rows.add(new Inspection.Row(label, cells, Inspection.fields(fields)));
  }
}
