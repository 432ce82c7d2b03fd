// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.bpfseal.preload.view.CertificateView;
import org.bpfseal.preload.view.ImageView;
import org.bpfseal.preload.view.KernelAnswer;
import org.bpfseal.preload.view.ProgramView;
import org.bpfseal.preload.view.SignerView;
import org.bpfseal.verifier.cli.Json;
import org.bpfseal.verifier.cli.Table;
import org.bpfseal.verifier.manifest.Hold;
import org.bpfseal.verifier.manifest.Manifest;
import org.bpfseal.verifier.manifest.MapEntry;

/** Shows an image: what is in it in load order, then what each kernel says, then the files. */
final class ImagePrinter {
  private final ImageView view;

  private ImagePrinter(ImageView view) {
    this.view = view;
  }

  static void print(ImageView view, boolean json, PrintWriter out) {
    if (json) {
      out.println(Json.of(ImageValues.of(view)));
    } else {
      ImagePrinter printer = new ImagePrinter(view);
      out.print(printer.head());
      view.loaded().forEach(program -> out.print(program(program)));
      out.print(printer.answers());
      out.print(printer.findings());
      out.print(printer.tree());
    }
    out.flush();
  }

  private Table head() {
    Table table = new Table();
    table.row(
        "image",
        view.segments().stream()
            .map(segment -> segment.packing().id() + " newc")
            .collect(Collectors.joining(", ")),
        view.size() + " bytes",
        Table.count(view.files().size(), "file"),
        view.others() > 0 ? view.others() + " further entries" : "");
    Manifest manifest = view.manifest();
    table.row(
        "manifest",
        "version " + manifest.version(),
        "failure " + manifest.failure().text(),
        "next " + manifest.next(),
        "signed by " + view.signer().map(SignerView::name).orElse("nobody"));
    table.row("keyring", manifest.keyring().text());
    view.certificates().forEach(each -> certificate(table, "cert", each));
    manifest.guard().ifPresent(guard -> table.row("loads", guard.loads().text()));
    view.confirmers().forEach(each -> certificate(table, "confirm", each));
    return table;
  }

  private static void certificate(Table table, String label, CertificateView each) {
    table.row(label, each.file(), each.subject(), each.detail(), "SKID " + each.skid());
  }

  private static String program(ProgramView program) {
    String first = program.position() == 0 ? program.name() : "%d %s";
    Table table = new Table();
    table.row(
        first.formatted(program.position(), program.name()),
        program.optional() ? "optional" : "required",
        program.forms().stream()
            .map(form -> form.generation().id())
            .collect(Collectors.joining(" and ", "for ", "")),
        "signed by " + String.join(" and ", program.signers()));
    Table parts = new Table();
    program.progs().forEach(prog -> parts.row("  prog", prog.name(), prog.hook()));
    for (MapEntry map : program.maps()) {
      parts.row("  map", map.name(), map.type().text(), map.pinned() ? "pinned" : "");
    }
    for (ProgramView.Link link : program.links()) {
      parts.row("  link", link.name(), link.place(), "pin " + link.pin(), hold(link));
    }
    return table.toString() + parts;
  }

  private static String hold(ProgramView.Link link) {
    return link.hold().map(ImagePrinter::text).orElse("not held");
  }

  private static String text(Hold hold) {
    String who = hold.confirmers().isEmpty() ? "nobody" : String.join(" or ", hold.confirmers());
    return "held, " + who + " may confirm" + (hold.bestEffort() ? ", best effort" : "");
  }

  private String answers() {
    Table table = new Table();
    List<String> first = new ArrayList<>(List.of("KERNEL"));
    view.answers().forEach(kernel -> first.add(kernel.getFirst().kernel().toString()));
    table.row(first.toArray(String[]::new));
    for (int i = 0; !view.answers().isEmpty() && i < view.answers().getFirst().size(); i++) {
      List<String> row = new ArrayList<>(List.of(view.answers().getFirst().get(i).subject()));
      for (List<KernelAnswer> kernel : view.answers()) {
        KernelAnswer answer = kernel.get(i);
        row.add(answer.word() + ", carrier " + answer.carrier());
      }
      table.row(row.toArray(String[]::new));
    }
    return "judged by " + view.trust().text() + "\n" + (view.answers().isEmpty() ? "" : table);
  }

  private Table findings() {
    Table table = new Table();
    for (List<KernelAnswer> kernel : view.answers()) {
      for (KernelAnswer answer : kernel) {
        String on = answer.kernel().toString();
        answer.problems().forEach(text -> table.row("refused", on, answer.subject(), text));
        answer.advice().forEach(text -> table.row("advice", on, answer.subject(), text));
      }
    }
    return table;
  }

  /** Each file below its folder. */
  private String tree() {
    Table table = new Table();
    List<String> open = List.of();
    for (ImageView.File file : view.files()) {
      List<String> parts = List.of(file.path().split("/"));
      List<String> folders = parts.subList(0, parts.size() - 1);
      int same = 0;
      while (same < Math.min(open.size(), folders.size())
          && open.get(same).equals(folders.get(same))) {
        same++;
      }
      for (int i = same; i < folders.size(); i++) {
        table.row("  ".repeat(i) + folders.get(i) + "/");
      }
      table.row("  ".repeat(folders.size()) + parts.getLast(), file.size() + " bytes");
      open = folders;
    }
    return table.toString();
  }
}
