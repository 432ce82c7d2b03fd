// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bpfseal.preload.image.ImagePaths;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.manifest.CertificateEntry;
import org.bpfseal.verifier.manifest.GuardEntry;
import org.bpfseal.verifier.manifest.LoadPolicy;
import org.bpfseal.verifier.manifest.Manifest;

/** What a release of an image changes, in the order in which the manifest says it. */
public final class ImageChanges {
  private final ImageView before;
  private final ImageView after;
  private final List<Change> changes = new ArrayList<>();

  private ImageChanges(ImageView before, ImageView after) {
    this.before = before;
    this.after = after;
  }

  /** From the first to the second; how they are packed is no difference. */
  public static List<Change> between(ImageView before, ImageView after) {
    ImageChanges comparison = new ImageChanges(before, after);
    comparison.compareHeads();
    comparison.compareGuards();
    comparison.comparePrograms();
    comparison.compareFiles();
    comparison.compareVersions();
    return comparison.changes;
  }

  private void compareHeads() {
    Change.Collector head = new Change.Collector("manifest");
    head.compare("signer", signer(before), signer(after));
    head.compare("keyring", before.manifest().keyring().text(), after.manifest().keyring().text());
    compareCertificates(
        head, "certificate", before.manifest().certificates(), after.manifest().certificates());
    head.compare(
        "outcome of a failure",
        before.manifest().failure().text(),
        after.manifest().failure().text());
    head.compare("next program", before.manifest().next(), after.manifest().next());
    changes.addAll(head.changes());
  }

  private static String signer(ImageView view) {
    return view.signer().map(SignerView::name).orElse("nobody");
  }

  private static void compareCertificates(
      Change.Collector into,
      String noun,
      List<CertificateEntry> before,
      List<CertificateEntry> after) {
    into.compareSets(noun, texts(before), texts(after));
  }

  /** One file name may come to stand for another certificate. */
  private static List<String> texts(List<CertificateEntry> certificates) {
    return certificates.stream()
        .map(each -> each.name() + " (sha256 " + each.sha256().toHex() + ")")
        .toList();
  }

  private void compareGuards() {
    Change.Collector guard = new Change.Collector("guard");
    Optional<GuardEntry> old = before.manifest().guard();
    Optional<GuardEntry> now = after.manifest().guard();
    if (old.isPresent() && now.isPresent()) {
      LoadPolicy loads = now.get().loads();
      guard.compare("policy for loads", old.get().loads().text(), loads.text());
      compareCertificates(guard, "confirmer", old.get().confirmers(), now.get().confirmers());
      changes.addAll(guard.changes());
      changes.addAll(
          ProgramChanges.of(before.guard().orElseThrow(), after.guard().orElseThrow(), "guard"));
    } else if (now.isPresent()) {
      guard.add("is added, loads %s after the boot".formatted(now.get().loads().text()));
      changes.addAll(guard.changes());
    } else if (old.isPresent()) {
      guard.add("is removed: no link can be held, and nobody checks the manifest at boot");
      changes.addAll(guard.changes());
    }
  }

  private void comparePrograms() {
    Map<String, ProgramView> old = byName(before);
    Map<String, ProgramView> now = byName(after);
    for (ProgramView program : before.programs()) {
      if (!now.containsKey(program.name())) {
        add(program, "is removed" + summary(program));
      }
    }
    for (ProgramView program : after.programs()) {
      ProgramView earlier = old.get(program.name());
      if (earlier == null) {
        add(program, "is added at position " + program.position() + summary(program));
      } else {
        changes.addAll(ProgramChanges.of(earlier, program, "program " + program.name()));
      }
    }
    String orderBefore = order(before, now);
    String orderAfter = order(after, old);
    if (!orderBefore.equals(orderAfter)) {
      changes.add(new Change("order", orderBefore + " becomes " + orderAfter));
    }
  }

  private void add(ProgramView program, String text) {
    changes.add(new Change("program " + program.name(), text));
  }

  private static String summary(ProgramView program) {
    long held = program.links().stream().filter(link -> link.hold().isPresent()).count();
    int links = program.links().size();
    return ", with %d link%s, %d of them held".formatted(links, links == 1 ? "" : "s", held);
  }

  private static Map<String, ProgramView> byName(ImageView view) {
    return view.programs().stream()
        .collect(Collectors.toMap(ProgramView::name, program -> program));
  }

  private static String order(ImageView view, Map<String, ProgramView> common) {
    return view.programs().stream()
        .map(ProgramView::name)
        .filter(common::containsKey)
        .collect(Collectors.joining(" "));
  }

  /** What no line of the manifest names: the boot loader, and signatures that were made again. */
  private void compareFiles() {
    if (!sha256(before, ImagePaths.INIT).equals(sha256(after, ImagePaths.INIT))) {
      changes.add(new Change("boot loader", "it changes"));
    }
    List<String> again =
        after.files().stream()
            .filter(file -> file.path().endsWith(".p7s"))
            .filter(
                file ->
                    sha256(before, file.path()).filter(it -> !it.equals(file.sha256())).isPresent())
            .map(ImageView.File::path)
            .toList();
    if (changes.isEmpty() && !again.isEmpty()) {
      changes.add(new Change("signatures", "are other ones: " + String.join(" ", again)));
    }
  }

  private static Optional<Bytes> sha256(ImageView view, String path) {
    return view.files().stream()
        .filter(file -> file.path().equals(path))
        .map(ImageView.File::sha256)
        .findFirst();
  }

  /** First in the list, though it is known last whether there was a reason for a new version. */
  private void compareVersions() {
    Manifest old = before.manifest();
    Manifest now = after.manifest();
    if (now.version() == old.version()) {
      if (!changes.isEmpty()) {
        changes.addFirst(
            new Change("version", "stays " + now.version() + ", whatever else changes"));
      }
    } else {
      String back = now.version() < old.version() ? ", which is older" : "";
      changes.addFirst(new Change("version", old.version() + " becomes " + now.version() + back));
    }
  }
}
