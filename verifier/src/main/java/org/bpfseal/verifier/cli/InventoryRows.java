// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.loader.AttachTarget;
import org.bpfseal.verifier.loader.Extern;
import org.bpfseal.verifier.loader.Inventory;
import org.bpfseal.verifier.loader.LoadedMap;
import org.bpfseal.verifier.loader.LoadedProgram;
import org.bpfseal.verifier.loader.MapDefinition;
import org.bpfseal.verifier.program.DirectLoad;

/** The inventory of a loader as rows: its programs, then its maps. */
final class InventoryRows {
  private InventoryRows() {}

  static List<Inspection.Row> of(Inventory inventory) {
    List<Inspection.Row> rows = new ArrayList<>();
    inventory.programs().forEach(program -> rows.add(program(program)));
    inventory.maps().forEach(map -> rows.add(map(map)));
    return rows;
  }

  private static Inspection.Row program(LoadedProgram program) {
    String target = program.hook().orElse("");
    return new Inspection.Row(
        "program",
        List.of(
            program.name(),
            program.type().text() + (target.isEmpty() ? "" : "/" + target),
            Stream.of(
                    program.insnCount() + " instructions",
                    program.isSleepable() ? "sleepable" : "",
                    count(program.relocations(), "CO-RE records"),
                    externs(program.externs()),
                    "license " + program.license())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "))),
        Inspection.fields(
            "name", program.name(),
            "type", program.type().text(),
            "target", program.target().map(AttachTarget::name).orElse(""),
            "targetKind", program.target().map(found -> found.kind().name()).orElse(""),
            "attachType", program.attachType(),
            "flags", program.flags(),
            "sleepable", program.isSleepable(),
            "license", program.license(),
            "instructions", program.insnCount(),
            "functionRecords", program.functions(),
            "lineRecords", program.lines(),
            "coreRecords", program.relocations(),
            "externs", program.externs().stream().map(InventoryRows::extern).toList()));
  }

  /** A program that no loader loads; its last cell says what of it is a map. */
  static Inspection.Row direct(DirectLoad load, Bytes insns, Bytes data) {
    String target = load.target().map(name -> "/" + name).orElse("");
    long count = insns.size() / 8;
    return new Inspection.Row(
        "program",
        List.of(
            load.function(),
            load.type().text() + target,
            Stream.of(
                    count + " instructions",
                    load.isSleepable() ? "sleepable" : "",
                    data.isEmpty() ? "" : "one map of " + data.size() + " bytes",
                    "license " + (load.license().isEmpty() ? "none" : load.license()))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "))),
        Inspection.fields(
            "name", load.function(),
            "type", load.type().text(),
            "target", load.target().orElse(""),
            "attachType", load.attachType(),
            "flags", load.flags(),
            "sleepable", load.isSleepable(),
            "license", load.license(),
            "instructions", count,
            "map", data.size(),
            "mapFlags", load.mapFlags()));
  }

  private static Map<String, Object> extern(Extern extern) {
    return Inspection.fields(
        "name", extern.name(), "kind", extern.kind().name(), "weak", extern.weak());
  }

  private static String externs(List<Extern> externs) {
    return externs.isEmpty()
        ? ""
        : externs.stream()
            .map(extern -> extern.name() + (extern.weak() ? "?" : ""))
            .collect(Collectors.joining(" ", "uses ", ""));
  }

  private static Inspection.Row map(LoadedMap map) {
    MapDefinition definition = map.definition();
    Map<String, Object> fields = definition(definition);
    map.inner().ifPresent(inner -> fields.put("inner", definition(inner)));
    map.contents().ifPresent(contents -> fields.put("contents", contents.toHex()));
    fields.put("frozen", map.frozen());
    fields.put(
        "slots",
        map.slots().stream()
            .map(slot -> Inspection.fields("key", slot.key(), "map", slot.map()))
            .toList());
    return new Inspection.Row(
        "map",
        List.of(
            definition.name(),
            shape(definition),
            Stream.of(
                    map.frozen() ? "frozen" : "",
                    map.contents().map(value -> value.size() + " bytes given").orElse(""),
                    map.inner().map(inner -> "of " + shape(inner)).orElse(""),
                    count(map.slots().size(), "slots filled"),
                    definition.flags() == 0 ? "" : "flags 0x%x".formatted(definition.flags()))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "))),
        fields);
  }

  private static String shape(MapDefinition map) {
    return "%s %d → %d, %d entries"
        .formatted(map.type().text(), map.keySize(), map.valueSize(), map.maxEntries());
  }

  private static Map<String, Object> definition(MapDefinition map) {
    return Inspection.fields(
        "name", map.name(),
        "type", map.type().text(),
        "keySize", map.keySize(),
        "valueSize", map.valueSize(),
        "maxEntries", map.maxEntries(),
        "flags", map.flags(),
        "numaNode", map.numaNode(),
        "extra", map.extra());
  }

  private static String count(long count, String what) {
    return count == 0 ? "" : count + " " + what;
  }
}
