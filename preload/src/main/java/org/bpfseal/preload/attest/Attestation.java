// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.attest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bpfseal.preload.attest.Deviation.Kind;
import org.bpfseal.verifier.bpf.ProgramType;
import org.bpfseal.verifier.manifest.GuardEntry;
import org.bpfseal.verifier.manifest.LinkEntry;
import org.bpfseal.verifier.manifest.LinkTarget;
import org.bpfseal.verifier.manifest.LoadPolicy;
import org.bpfseal.verifier.manifest.Manifest;
import org.bpfseal.verifier.manifest.MapEntry;
import org.bpfseal.verifier.manifest.ProgEntry;
import org.bpfseal.verifier.manifest.ProgramEntry;

/**
 * Compares a running system with a manifest: each link with its hold, its pin and its program, each
 * pinned map, and what else runs.
 */
public final class Attestation {
  /**
   * What the policy {@code types} lets anybody load unsigned; loads.h of the guard has the same.
   */
  private static final Set<ProgramType> OPEN_TYPES =
      Set.of(
          ProgramType.SOCKET_FILTER,
          ProgramType.CGROUP_SKB,
          ProgramType.CGROUP_SOCK,
          ProgramType.CGROUP_DEVICE,
          ProgramType.CGROUP_SOCK_ADDR,
          ProgramType.CGROUP_SYSCTL,
          ProgramType.CGROUP_SOCKOPT);

  private final Manifest manifest;
  private final RunningSystem system;
  private final Map<Long, RunningSystem.Prog> progs;
  private final Map<Long, RunningSystem.Link> links;
  private final Map<String, RunningSystem.KnownLink> holds;
  private final Map<String, RunningSystem.Pin> pins;
  private final Set<Long> known = new HashSet<>();
  private final List<Deviation> deviations = new ArrayList<>();

  private Attestation(Manifest manifest, RunningSystem system) {
    this.manifest = manifest;
    this.system = system;
    progs = by(system.progs(), RunningSystem.Prog::id);
    links = by(system.links(), RunningSystem.Link::id);
    holds = by(system.holds(), RunningSystem.KnownLink::name);
    pins = by(system.pins(), pin -> (pin.map() ? "map " : "link ") + pin.name());
  }

  /** All deviations: the guard's, the programs' in the manifest's order, then what is extra. */
  public static List<Deviation> of(Manifest manifest, RunningSystem system) {
    Attestation attestation = new Attestation(manifest, system);
    attestation.compareGuard();
    manifest.programs().forEach(attestation::compareProgram);
    attestation.findExtraHolds();
    attestation.findExtraProgs();
    return List.copyOf(attestation.deviations);
  }

  private static <K, T> Map<K, T> by(List<T> all, Function<T, K> key) {
    return all.stream().collect(Collectors.toMap(key, each -> each, (first, again) -> first));
  }

  private void add(Kind kind, String subject, String text) {
    deviations.add(new Deviation(kind, subject, text));
  }

  private void compareGuard() {
    Optional<GuardEntry> wanted = manifest.guard();
    if (wanted.isPresent() && system.guard().isEmpty()) {
      add(Kind.MISSING, "guard", "no sealed guard answers");
    } else if (wanted.isEmpty() && system.guard().isPresent()) {
      add(Kind.EXTRA, "guard", "a sealed guard answers");
    } else if (wanted.isPresent()) {
      RunningSystem.Guard guard = system.guard().orElseThrow();
      compare("guard", "manifest version", manifest.version(), guard.version());
      compare("guard", "policy for loads", wanted.get().loads().text(), guard.loads());
    }
  }

  private void compare(String subject, String name, Object wanted, Object found) {
    if (!wanted.equals(found)) {
      add(Kind.DIFFERENT, subject, "%s is %s, not %s".formatted(name, found, wanted));
    }
  }

  private void compareProgram(ProgramEntry program) {
    if (program.optional() && isPassedOver(program)) {
      add(Kind.ALLOWED, program.name(), "is optional and doesn't run");
      return;
    }
    program.links().forEach(link -> compareLink(program, link));
    for (MapEntry map : program.maps()) {
      if (map.pinned() && !pins.containsKey("map " + program.name() + "/" + map.name())) {
        add(Kind.MISSING, program.name() + "/maps/" + map.name(), "its pin isn't in the view");
      }
    }
  }

  private boolean isPassedOver(ProgramEntry program) {
    String prefix = program.name() + "/";
    return holds.keySet().stream().noneMatch(name -> name.startsWith(prefix))
        && pins.keySet().stream().noneMatch(name -> name.split(" ", 2)[1].startsWith(prefix));
  }

  private void compareLink(ProgramEntry program, LinkEntry link) {
    String name = program.name() + "/" + link.name();
    Optional<RunningSystem.KnownLink> hold = Optional.ofNullable(holds.get(name));
    Optional<RunningSystem.Pin> pin = Optional.ofNullable(pins.get("link " + name));
    compareHold(name, link, hold);
    if (pin.isEmpty()) {
      add(Kind.MISSING, name, "its pin isn't in the view");
    }
    Optional<Long> id =
        hold.map(RunningSystem.KnownLink::id).or(() -> pin.map(RunningSystem.Pin::id));
    if (pin.isPresent() && hold.isPresent() && pin.get().id() != hold.get().id()) {
      add(Kind.DIFFERENT, name, "its pin is of another link than its hold");
    }
    if (id.isEmpty()) {
      return;
    }
    RunningSystem.Link running = links.get(id.get());
    if (running == null) {
      add(Kind.MISSING, name, "link " + id.get() + " has ended");
      return;
    }
    compare(name, "link type", type(link.target()), running.type());
    RunningSystem.Prog prog = progs.get(running.prog());
    ProgEntry wanted = program.progs().get(link.prog());
    if (prog == null) {
      add(Kind.DIFFERENT, name, "its program isn't given out");
    } else {
      known.add(prog.id());
      compare(name, "program", describe(wanted), describe(prog));
    }
  }

  private void compareHold(String name, LinkEntry link, Optional<RunningSystem.KnownLink> hold) {
    String state = hold.map(RunningSystem.KnownLink::state).orElse("");
    if (link.hold().isEmpty()) {
      if (state.equals("held")) {
        add(Kind.ALLOWED, name, "is held by a confirmed token; the manifest leaves it open");
      }
    } else if (state.isEmpty()) {
      add(Kind.MISSING, name, "the guard doesn't hold it");
    } else if (!state.equals("held")) {
      add(Kind.DIFFERENT, name, "its stop was confirmed");
    } else {
      boolean wanted = !link.hold().get().confirmers().isEmpty();
      compare(name, "whether its stop may be confirmed", wanted, hold.get().confirmable());
    }
  }

  private static String describe(ProgEntry prog) {
    return prog.name() + " (" + prog.type().text() + ")";
  }

  private static String describe(RunningSystem.Prog prog) {
    String type = ProgramType.of(prog.type()).map(ProgramType::text).orElse("" + prog.type());
    return prog.name() + " (" + type + ")";
  }

  /** Numbers of {@code enum bpf_link_type}, kernel 7.3. */
  private static long type(LinkTarget target) {
    return switch (target) {
      case LinkTarget.RawTracepoint _ -> 1;
      case LinkTarget.Lsm _, LinkTarget.Tracing _ -> 2;
      case LinkTarget.Cgroup _ -> 3;
      case LinkTarget.Iterator _ -> 4;
      case LinkTarget.Xdp _ -> 6;
      case LinkTarget.Tracepoint _, LinkTarget.Kprobe _ -> 7;
      case LinkTarget.KprobeMulti _ -> 8;
      case LinkTarget.Netfilter _ -> 10;
      case LinkTarget.Tcx _ -> 11;
    };
  }

  private void findExtraHolds() {
    Set<String> wanted =
        manifest.programs().stream()
            .flatMap(
                program -> program.links().stream().map(it -> program.name() + "/" + it.name()))
            .collect(Collectors.toSet());
    for (RunningSystem.KnownLink hold : system.holds()) {
      if (!hold.state().equals("own") && !wanted.contains(hold.name())) {
        add(Kind.EXTRA, hold.name(), "is " + hold.state() + ", and the manifest doesn't know it");
      }
    }
  }

  /** Other programs: those that an image's program calls or keeps in a map aren't extra. */
  private void findExtraProgs() {
    Set<String> wanted =
        manifest.programs().stream()
            .flatMap(program -> program.progs().stream())
            .map(Attestation::describe)
            .collect(Collectors.toSet());
    for (RunningSystem.Prog prog : system.progs()) {
      if (!known.contains(prog.id()) && !wanted.contains(describe(prog))) {
        Optional<String> reason = allowed(prog);
        add(
            reason.isPresent() ? Kind.ALLOWED : Kind.EXTRA,
            "%s id %d".formatted(describe(prog), prog.id()),
            "runs besides" + reason.map(why -> ": " + why).orElse(""));
      }
    }
  }

  private Optional<String> allowed(RunningSystem.Prog prog) {
    LoadPolicy loads = manifest.guard().map(GuardEntry::loads).orElse(LoadPolicy.ANY);
    boolean open = ProgramType.of(prog.type()).filter(OPEN_TYPES::contains).isPresent();
    return switch (loads) {
      case ANY -> Optional.of("anything may be loaded");
      case TYPES -> open ? Optional.of("its type may be loaded unsigned") : Optional.empty();
      case SIGNED -> Optional.empty();
    };
  }
}
