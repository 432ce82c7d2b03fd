// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bpfseal.preload.view.CertificateView;
import org.bpfseal.preload.view.ImageView;
import org.bpfseal.preload.view.KernelAnswer;
import org.bpfseal.preload.view.ProgramView;
import org.bpfseal.preload.view.SignerView;
import org.bpfseal.verifier.manifest.FileDigest;

/** An image as the values of {@code --json}. */
final class ImageValues {
  private ImageValues() {}

  static Map<String, Object> of(ImageView view) {
    return values(
        "schema", "bpfseal-image 2",
        "size", view.size(),
        "segments",
            list(
                view.segments(),
                each ->
                    values(
                        "packing", each.packing().id(),
                        "offset", each.offset(),
                        "size", each.size(),
                        "entries", each.entries())),
        "files",
            list(
                view.files(),
                each ->
                    values(
                        "path", each.path(),
                        "size", each.size(),
                        "sha256", each.sha256().toHex())),
        "others", view.others(),
        "version", view.manifest().version(),
        "failure", view.manifest().failure().text(),
        "next", view.manifest().next(),
        "signer", signer(view.signer()),
        "keyring", view.manifest().keyring().text(),
        "certificates", list(view.certificates(), ImageValues::certificate),
        "loads", view.manifest().guard().map(guard -> guard.loads().text()).orElse("any"),
        "confirmers", list(view.confirmers(), ImageValues::certificate),
        "guard", list(view.guard().stream().toList(), ImageValues::program),
        "programs", list(view.programs(), ImageValues::program),
        "judged_by", view.trust().name().toLowerCase(Locale.ROOT),
        "answers",
            list(view.answers().stream().flatMap(List::stream).toList(), ImageValues::answer));
  }

  private static Map<String, Object> certificate(CertificateView each) {
    return values(
        "file", each.file(),
        "subject", each.subject(),
        "detail", each.detail(),
        "skid", each.skid());
  }

  private static Map<String, Object> signer(Optional<SignerView> signer) {
    return signer
        .map(
            each ->
                values(
                    "id", each.id(),
                    "algorithm", each.algorithm(),
                    "certificate", each.certificate().map(CertificateView::file).orElse("")))
        .orElse(Map.of());
  }

  private static Map<String, Object> program(ProgramView program) {
    return values(
        "name", program.name(),
        "optional", program.optional(),
        "data_sha256", hex(program.data()),
        "forms",
            list(
                program.forms(),
                form ->
                    values(
                        "kernel", form.generation().id(),
                        "insns_sha256", hex(form.insns()),
                        "signer", signer(form.signer()))),
        "progs", list(program.progs(), prog -> values("name", prog.name(), "hook", prog.hook())),
        "maps",
            list(
                program.maps(),
                map ->
                    values("name", map.name(), "type", map.type().text(), "pinned", map.pinned())),
        "links", list(program.links(), ImageValues::link));
  }

  private static Map<String, Object> link(ProgramView.Link link) {
    Map<String, Object> values =
        values(
            "name", link.name(),
            "prog", link.prog().name(),
            "hook", link.prog().hook(),
            "target", link.target(),
            "pin", link.pin(),
            "held", link.hold().isPresent());
    link.hold()
        .ifPresent(
            hold -> {
              values.put("confirmers", hold.confirmers());
              values.put("best_effort", hold.bestEffort());
            });
    return values;
  }

  private static Map<String, Object> answer(KernelAnswer answer) {
    return values(
        "kernel", answer.kernel().toString(),
        "subject", answer.subject(),
        "verdict", answer.word(),
        "accepted", answer.accepted(),
        "carrier", answer.carrier(),
        "problems", answer.problems(),
        "advice", answer.advice());
  }

  private static String hex(FileDigest file) {
    return file.sha256().toHex();
  }

  interface Rendering<T> {
    Object of(T each);
  }

  static <T> List<Object> list(List<T> all, Rendering<T> rendering) {
    List<Object> list = new ArrayList<>();
    all.forEach(each -> list.add(rendering.of(each)));
    return list;
  }

  static Map<String, Object> values(Object... namesAndValues) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return values;
  }
}
