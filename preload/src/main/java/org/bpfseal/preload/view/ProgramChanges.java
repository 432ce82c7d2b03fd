// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.view;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.manifest.Hold;
import org.bpfseal.verifier.manifest.MapEntry;
import org.bpfseal.verifier.program.Generation;

/** In what two programs of one name differ. */
final class ProgramChanges {
  private final ProgramView before;
  private final ProgramView after;
  private final Change.Collector changes;

  private ProgramChanges(ProgramView before, ProgramView after, String subject) {
    this.before = before;
    this.after = after;
    this.changes = new Change.Collector(subject);
  }

  static List<Change> of(ProgramView before, ProgramView after, String subject) {
    ProgramChanges comparison = new ProgramChanges(before, after, subject);
    comparison.compareCode();
    comparison.compareMaps();
    comparison.compareLinks();
    return comparison.changes.changes();
  }

  private void compareCode() {
    if (before.optional() != after.optional()) {
      changes.add(after.optional() ? "is optional now" : "is required now");
    }
    Map<Generation, Bytes> formsBefore = insns(before);
    Map<Generation, Bytes> formsAfter = insns(after);
    changes.compareSets("form for kernel", ids(before), ids(after));
    boolean insns =
        formsAfter.entrySet().stream()
            .anyMatch(
                form ->
                    formsBefore.containsKey(form.getKey())
                        && !form.getValue().equals(formsBefore.get(form.getKey())));
    if (insns || !before.data().equals(after.data())) {
      changes.add("its code changes");
    }
    changes.compare("signer", signers(before), signers(after));
    changes.compareSets("BPF program", progs(before), progs(after));
  }

  private static Map<Generation, Bytes> insns(ProgramView program) {
    return program.forms().stream()
        .collect(Collectors.toMap(ProgramView.Form::generation, form -> form.insns().sha256()));
  }

  private static List<String> ids(ProgramView program) {
    return program.forms().stream().map(form -> form.generation().id()).toList();
  }

  private static String signers(ProgramView program) {
    return String.join(" and ", program.signers());
  }

  private static List<String> progs(ProgramView program) {
    return program.progs().stream().map(prog -> prog.name() + " (" + prog.hook() + ")").toList();
  }

  private void compareMaps() {
    Map<String, MapEntry> maps = byName(before.maps(), MapEntry::name);
    changes.compareSets("map", names(before.maps()), names(after.maps()));
    for (MapEntry map : after.maps()) {
      MapEntry old = maps.get(map.name());
      if (old != null && old.pinned() != map.pinned()) {
        changes.add("map " + map.name() + (map.pinned() ? " is pinned" : " is no longer pinned"));
      }
      if (old != null) {
        changes.compare("type of map " + map.name(), old.type().text(), map.type().text());
      }
    }
  }

  private static List<String> names(List<MapEntry> maps) {
    return maps.stream().map(MapEntry::name).toList();
  }

  private void compareLinks() {
    Map<String, ProgramView.Link> links = byName(before.links(), ProgramView.Link::name);
    Map<String, ProgramView.Link> others = byName(after.links(), ProgramView.Link::name);
    for (ProgramView.Link link : before.links()) {
      if (!others.containsKey(link.name())) {
        changes.add("link " + named(link) + " is removed");
      }
    }
    for (ProgramView.Link link : after.links()) {
      ProgramView.Link old = links.get(link.name());
      if (old == null) {
        changes.add("link %s is added, %s".formatted(named(link), text(link)));
      } else {
        changes.compare("attachment of link " + link.name(), place(old), place(link));
        compareHolds(link.name(), old, link);
      }
    }
  }

  private void compareHolds(String name, ProgramView.Link old, ProgramView.Link link) {
    if (Objects.equals(old.hold(), link.hold())) {
      return;
    }
    if (link.hold().isEmpty()) {
      changes.add("link " + name + " is no longer held: whoever is root may end it");
    } else if (old.hold().isEmpty()) {
      changes.add("link " + name + " is held now, " + text(link));
    } else {
      changes.compare("hold of link " + name, text(old), text(link));
    }
  }

  private static String named(ProgramView.Link link) {
    return link.name() + " (" + link.place() + ")";
  }

  private static String place(ProgramView.Link link) {
    return link.prog().name() + " at " + link.place();
  }

  private static String text(ProgramView.Link link) {
    return link.hold().map(ProgramChanges::text).orElse("not held");
  }

  private static String text(Hold hold) {
    String names = hold.confirmers().isEmpty() ? "nobody" : String.join(" or ", hold.confirmers());
    return names + " may confirm" + (hold.bestEffort() ? ", best effort" : "");
  }

  private static <T> Map<String, T> byName(List<T> all, Function<T, String> name) {
    return all.stream().collect(Collectors.toMap(name, each -> each, (first, second) -> first));
  }
}
