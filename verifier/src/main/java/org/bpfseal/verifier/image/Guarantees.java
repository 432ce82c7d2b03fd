// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.manifest.GuardEntry;
import org.bpfseal.verifier.manifest.Hold;
import org.bpfseal.verifier.manifest.LinkEntry;
import org.bpfseal.verifier.manifest.Manifest;
import org.bpfseal.verifier.manifest.ProgramEntry;

/** Says of each part of a manifest what is promised, and by whom. */
final class Guarantees {
  private Guarantees() {}

  /** Of the image as a whole. */
  static List<Guarantee> of(Manifest manifest) {
    List<Guarantee> all = new ArrayList<>();
    Optional<GuardEntry> guard = manifest.guard();
    all.add(
        Guarantee.of(
            "manifest", guard.isPresent() ? Carrier.GUARD : Carrier.NOBODY, "signature at boot"));
    guard.ifPresent(
        entry ->
            all.add(
                Guarantee.of("loads", Carrier.GUARD, entry.loads().text() + " after the boot")));
    return all;
  }

  /** Of a program and its links. */
  static List<Guarantee> of(ProgramEntry program, Carrier carrier) {
    List<Guarantee> all = new ArrayList<>();
    all.add(Guarantee.of(program.name(), carrier, "signature at load"));
    for (LinkEntry link : program.links()) {
      String item = program.name() + "/" + link.name();
      all.add(
          link.hold()
              .map(hold -> Guarantee.of(item, Carrier.GUARD, text(hold)))
              .orElse(Guarantee.of(item, Carrier.NOBODY, "no hold")));
    }
    return all;
  }

  private static String text(Hold hold) {
    String who =
        hold.confirmers().isEmpty()
            ? "held, nobody may confirm its stop"
            : "held until " + String.join(" or ", hold.confirmers()) + " confirms its stop";
    return who + (hold.bestEffort() ? "; best effort: it ends with its device or cgroup" : "");
  }
}
