// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.plan;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bpfseal.preload.plan.Plan.PlannedLink;
import org.bpfseal.preload.plan.Plan.PlannedPin;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.loader.Inventory;
import org.bpfseal.verifier.loader.LoadedProgram;
import org.bpfseal.verifier.loader.LoaderReader;
import org.bpfseal.verifier.manifest.CertificateEntry;
import org.bpfseal.verifier.manifest.FileDigest;
import org.bpfseal.verifier.manifest.GuardEntry;
import org.bpfseal.verifier.manifest.Hold;
import org.bpfseal.verifier.manifest.LinkEntry;
import org.bpfseal.verifier.manifest.LinkReader;
import org.bpfseal.verifier.manifest.LinkTarget;
import org.bpfseal.verifier.manifest.MapEntry;
import org.bpfseal.verifier.manifest.ProgEntry;
import org.bpfseal.verifier.manifest.ProgramEntry;
import org.bpfseal.verifier.program.Generation;
import org.bpfseal.verifier.program.SignedForm;
import org.bpfseal.verifier.program.SignedProgram;

/** Makes one program's part of the manifest, from what its loader was signed to make. */
final class ProgramPlanner {
  private static final String MAPS_FOLDER = "maps";

  private final PlannedProgram plan;
  private final int line;
  private final SignedProgram program;
  private final Inventory inventory;
  private final List<LinkEntry> links = new ArrayList<>();

  private ProgramPlanner(PlannedProgram plan, SignedProgram program, Inventory inventory) {
    this.plan = plan;
    this.line = plan.file().line();
    this.program = program;
    this.inventory = inventory;
  }

  /**
   * The manifest's part.
   *
   * @param kernels that it must have forms for
   * @param notes gets what isn't wrong but may surprise
   */
  static ProgramEntry entry(
      PlannedProgram plan, SignedProgram program, Set<Generation> kernels, List<String> notes)
      throws PlanRefusedException, FormatException {
    if (program.direct().isPresent()) {
      throw new PlanRefusedException(
          plan.file().line(),
          plan.file().file() + " has no loader, and no signature covers its type and attach point",
          "sign its object with --as loader");
    }
    for (Generation kernel : kernels) {
      if (program.form(kernel).isEmpty()) {
        throw new PlanRefusedException(
            plan.file().line(),
            plan.file().file() + " has no form for kernel " + kernel.id(),
            "sign it again, or leave the kernel out of the plan's kernels line");
      }
    }
    ProgramPlanner planner = new ProgramPlanner(plan, program, inventory(plan, program));
    ProgramEntry entry = planner.entry();
    planner.noteUnlinked(entry, notes);
    return entry;
  }

  /** The guard's part; the boot loader makes its links, so that it has none here. */
  static GuardEntry guard(
      PlannedGuard plan,
      SignedProgram program,
      Set<Generation> kernels,
      List<CertificateEntry> confirmers)
      throws PlanRefusedException, FormatException {
    PlannedProgram part =
        new PlannedProgram(
            plan.file(),
            Optional.of(GuardEntry.NAME),
            false,
            new PlannedProgram.OwnLinks(false, Optional.empty()),
            List.of(),
            List.of());
    ProgramEntry entry = entry(part, program, kernels, new ArrayList<>());
    return new GuardEntry(
        plan.loads(), entry.data(), entry.forms(), entry.maps(), entry.progs(), confirmers);
  }

  /** What all forms make; forms that make different things are not of one object. */
  private static Inventory inventory(PlannedProgram plan, SignedProgram program)
      throws FormatException, PlanRefusedException {
    Optional<Inventory> first = Optional.empty();
    for (SignedForm form : program.forms()) {
      Inventory made = LoaderReader.read(form.insns(), program.data());
      Inventory compared = first.orElse(made);
      if (!made.maps().equals(compared.maps()) || !made.programs().equals(compared.programs())) {
        throw new PlanRefusedException(
            plan.file().line(),
            plan.file().file() + ": its forms load different programs or maps",
            "sign the object again");
      }
      first = Optional.of(compared);
    }
    return first.orElseThrow();
  }

  private ProgramEntry entry() throws PlanRefusedException {
    Map<Generation, FileDigest> forms = new EnumMap<>(Generation.class);
    for (SignedForm form : program.forms()) {
      forms.put(form.generation(), Digest.of(form.insns()));
    }
    List<ProgEntry> progs =
        inventory.programs().stream().map(prog -> new ProgEntry(prog.name(), prog.type())).toList();
    for (PlannedLink link : plan.links()) {
      add(link.name(), planned(link));
    }
    if (plan.ownLinks().made()) {
      addOwnLinks();
    }
    return new ProgramEntry(
        name(), plan.optional(), Digest.of(program.data()), forms, maps(), progs, links);
  }

  private String name() throws PlanRefusedException {
    String name = plan.name().orElse(program.name());
    if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_-]{0,62}")) {
      throw new PlanRefusedException(
          line,
          "a program can't be named " + name + " in an image",
          "program FILE as NAME: 1 to 63 letters, digits, _ and -");
    }
    return name;
  }

  private List<MapEntry> maps() throws PlanRefusedException {
    Set<Integer> pinned = new HashSet<>();
    for (PlannedPin pin : plan.pins()) {
      List<Integer> named = new ArrayList<>();
      for (int i = 0; i < inventory.maps().size(); i++) {
        if (inventory.maps().get(i).definition().name().equals(pin.map())) {
          named.add(i);
        }
      }
      if (named.size() != 1 || pin.map().contains(".") || !pinned.add(named.getFirst())) {
        throw new PlanRefusedException(
            pin.line(),
            "no single map " + pin.map() + " that can be pinned here once",
            "maps: " + mapNames());
      }
    }
    List<MapEntry> maps = new ArrayList<>();
    for (int i = 0; i < inventory.maps().size(); i++) {
      var definition = inventory.maps().get(i).definition();
      maps.add(new MapEntry(definition.name(), definition.type(), pinned.contains(i)));
    }
    return maps;
  }

  private String mapNames() {
    return String.join(" ", inventory.maps().stream().map(map -> map.definition().name()).toList());
  }

  private LinkEntry planned(PlannedLink link) throws PlanRefusedException {
    int prog = prog(link);
    LoadedProgram loaded = inventory.programs().get(prog);
    LinkTarget target;
    try {
      target = LinkReader.target(LinkWords.of(link.target(), loaded.attachType()));
    } catch (FormatException e) {
      throw new PlanRefusedException(link.line(), e.problem(), "");
    }
    Optional<String> fault = LinkFit.fault(target, loaded);
    if (fault.isPresent()) {
      throw new PlanRefusedException(
          link.line(),
          "%s can't be linked so: %s, and it is of type %s"
              .formatted(link.prog(), fault.get(), loaded.type().text()),
          "");
    }
    return new LinkEntry(link.name(), prog, target, hold(link.hold(), target));
  }

  private static Optional<Hold> hold(Optional<List<String>> confirmers, LinkTarget target) {
    return confirmers.map(names -> new Hold(names, target.endsWithItsTarget()));
  }

  private int prog(PlannedLink link) throws PlanRefusedException {
    String[] parts = link.prog().split(":", 2);
    List<Integer> named = new ArrayList<>();
    for (int i = 0; i < inventory.programs().size(); i++) {
      if (inventory.programs().get(i).name().equals(cut(parts[0]))) {
        named.add(i);
      }
    }
    int position =
        parts.length == 1 ? 1 : parts[1].matches("[1-9][0-9]?") ? Integer.parseInt(parts[1]) : 0;
    if (position < 1 || position > named.size() || (parts.length == 1 && named.size() > 1)) {
      throw new PlanRefusedException(
          link.line(),
          named.size() > 1
              ? "several progs have the name " + parts[0]
              : "there is no prog " + link.prog(),
          named.size() > 1
              ? "write " + parts[0] + ":1 for the first of them"
              : "progs: "
                  + String.join(
                      " ", inventory.programs().stream().map(LoadedProgram::name).toList()));
    }
    return named.get(position - 1);
  }

  /** The kernel keeps 15 characters of a name; a plan may give it whole. */
  private static String cut(String name) {
    return name.substring(0, Math.min(name.length(), 15));
  }

  private void addOwnLinks() throws PlanRefusedException {
    for (int i = 0; i < inventory.programs().size(); i++) {
      int prog = i;
      LoadedProgram loaded = inventory.programs().get(i);
      Optional<LinkTarget> target = LinkFit.ownTarget(loaded);
      if (target.isPresent() && links.stream().noneMatch(link -> link.prog() == prog)) {
        String name = freeName(loaded.name().replace('.', '_'));
        add(name, new LinkEntry(name, i, target.get(), hold(plan.ownLinks().hold(), target.get())));
      }
    }
  }

  private String freeName(String wanted) {
    String name = wanted;
    for (int number = 2; isTaken(name); number++) {
      name = wanted + "-" + number;
    }
    return name;
  }

  private boolean isTaken(String name) {
    return name.equals(MAPS_FOLDER) || links.stream().anyMatch(link -> link.name().equals(name));
  }

  private void add(String name, LinkEntry link) throws PlanRefusedException {
    if (isTaken(name) || !name.matches("[A-Za-z0-9_][A-Za-z0-9_-]{0,62}")) {
      throw new PlanRefusedException(
          line,
          "a link can't be named " + name + " here",
          "each another name of 1 to 63 letters, digits, _ and -, not maps");
    }
    links.add(link);
  }

  private void noteUnlinked(ProgramEntry entry, List<String> notes) {
    for (int i = 0; i < entry.progs().size(); i++) {
      int prog = i;
      if (links.stream().noneMatch(link -> link.prog() == prog)) {
        notes.add(
            "%s: prog %s (%s) is loaded and attached to nothing"
                .formatted(
                    entry.name(), entry.progs().get(i).name(), entry.progs().get(i).type().text()));
      }
    }
  }
}
