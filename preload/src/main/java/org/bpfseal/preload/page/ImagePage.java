// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bpfseal.preload.view.CertificateView;
import org.bpfseal.preload.view.ImageView;
import org.bpfseal.preload.view.KernelAnswer;
import org.bpfseal.preload.view.ProgramView;
import org.bpfseal.preload.view.SignerView;
import org.bpfseal.verifier.manifest.Manifest;
import org.bpfseal.verifier.manifest.MapEntry;

/**
 * One page that needs nothing else: no script, no network, no other file; the same bytes for the
 * same image. Everything that the image says is text there, never markup.
 */
public final class ImagePage {
  private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";

  private final ImageView view;
  private final StringBuilder out = new StringBuilder();

  private ImagePage(ImageView view) {
    this.view = view;
  }

  /**
   * The page, UTF-8.
   *
   * @param name of the image
   */
  public static String of(String name, ImageView view) {
    ImagePage page = new ImagePage(view);
    page.head(name);
    page.facts();
    page.matrix();
    page.findings();
    page.chains();
    page.maps();
    page.files();
    page.out.append("</main>\n</body>\n</html>\n");
    return page.out.toString();
  }

  private void head(String name) {
    out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.append("<meta http-equiv=\"Content-Security-Policy\" content=\"" + POLICY + "\">\n");
    out.append("<meta name=\"viewport\" content=\"width=device-width\">\n");
    out.append("<meta name=\"color-scheme\" content=\"light dark\">\n");
    out.append(Markup.element("title", name + " - preload image")).append("\n<style>\n");
    out.append(style()).append("</style>\n</head>\n<body>\n<main>\n");
    out.append(Markup.element("h1", name)).append('\n');
  }

  private static String style() {
    try (InputStream in =
        Objects.requireNonNull(ImagePage.class.getResourceAsStream("style.css"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void facts() {
    Manifest manifest = view.manifest();
    out.append("<dl>\n");
    fact("manifest", "version " + manifest.version());
    fact("signed by", view.signer().map(SignerView::name).orElse("nobody"));
    fact("keyring", manifest.keyring().text());
    view.certificates().forEach(each -> fact("certificate", certificate(each)));
    fact(
        "guard",
        manifest
            .guard()
            .map(guard -> "loads after the boot: " + guard.loads().text())
            .orElse("none: no link can be held"));
    view.confirmers().forEach(each -> fact("may confirm", certificate(each)));
    fact("on failure", manifest.failure().text());
    fact("next", manifest.next());
    fact("size", view.size() + " bytes, " + view.files().size() + " files of the image");
    out.append("</dl>\n");
  }

  private static String certificate(CertificateView each) {
    return each.file() + ": " + each.subject() + ", " + each.detail();
  }

  private void fact(String name, String value) {
    out.append("<div>").append(Markup.element("dt", name));
    out.append(Markup.element("dd", value)).append("</div>\n");
  }

  private void matrix() {
    out.append("<h2>What each kernel says</h2>\n");
    out.append(Markup.element("p", "Judged by " + view.trust().text() + ".")).append('\n');
    if (view.answers().isEmpty()) {
      return;
    }
    out.append("<div class=\"wide\"><table>\n<thead><tr><td></td>");
    for (List<KernelAnswer> kernel : view.answers()) {
      out.append(column(kernel.getFirst().kernel().toString()));
    }
    out.append("</tr></thead>\n<tbody>\n");
    for (int i = 0; i < view.answers().getFirst().size(); i++) {
      out.append("<tr><th scope=\"row\">")
          .append(Markup.text(view.answers().getFirst().get(i).subject()))
          .append("</th>");
      for (List<KernelAnswer> kernel : view.answers()) {
        cell(kernel.get(i));
      }
      out.append("</tr>\n");
    }
    out.append("</tbody>\n</table></div>\n");
  }

  private static String column(String name) {
    return "<th scope=\"col\">" + Markup.text(name) + "</th>";
  }

  /** A sign, a word and a colour each say the same. */
  private void cell(KernelAnswer answer) {
    boolean checked = answer.word().equals("OK");
    String look = !answer.accepted() ? "no" : checked ? "yes" : "open";
    String sign = !answer.accepted() ? "✗ " : checked ? "✓ " : "– ";
    String text = checked ? "by the " + answer.carrier() : answer.word();
    if (checked && answer.carrier().equals("none")) {
      text = "offline only";
    }
    out.append("<td class=\"" + look + "\">" + sign + Markup.text(text) + "</td>");
  }

  private void findings() {
    Map<String, List<String>> problems = new LinkedHashMap<>();
    Map<String, List<String>> advice = new LinkedHashMap<>();
    for (List<KernelAnswer> kernel : view.answers()) {
      for (KernelAnswer answer : kernel) {
        answer.problems().forEach(text -> note(problems, answer, text));
        answer.advice().forEach(text -> note(advice, answer, text));
      }
    }
    out.append("<h2>Findings</h2>\n");
    if (problems.isEmpty() && advice.isEmpty()) {
      out.append("<p>None.</p>\n");
      return;
    }
    out.append("<ul>\n");
    problems.forEach((text, kernels) -> finding("no", "refused", text, kernels));
    advice.forEach((text, kernels) -> finding("open", "note", text, kernels));
    out.append("</ul>\n");
  }

  private static void note(Map<String, List<String>> all, KernelAnswer answer, String text) {
    all.computeIfAbsent(answer.subject() + ": " + text, _ -> new ArrayList<>())
        .add(answer.kernel().toString());
  }

  private void finding(String look, String word, String text, List<String> kernels) {
    out.append("<li><b class=\"" + look + "\">" + word + "</b> ");
    out.append(Markup.text(text + " (" + String.join(", ", kernels) + ")")).append("</li>\n");
  }

  private void chains() {
    out.append("<h2>From the certificate to the hold</h2>\n");
    figure(
        "Manifest",
        ChainDrawing.ofManifest(
            view.signer(), view.manifest().version(), view.guard().isPresent()));
    for (ProgramView program : view.loaded()) {
      String caption =
          program.position() == 0 ? program.name() : program.position() + ". " + program.name();
      figure(caption, ChainDrawing.of(program));
    }
  }

  private void figure(String caption, String drawing) {
    out.append("<figure>").append(Markup.element("figcaption", caption)).append('\n');
    out.append("<div class=\"wide\">").append(drawing).append("</div></figure>\n");
  }

  private void maps() {
    List<String> rows = new ArrayList<>();
    for (ProgramView program : view.programs()) {
      for (MapEntry map : program.maps()) {
        rows.add(row(program.name(), map.name(), map.type().text(), map.pinned() ? "pinned" : ""));
      }
    }
    table("Maps", rows, "program", "map", "type", "pin");
    rows.clear();
    for (ProgramView program : view.loaded()) {
      program.progs().forEach(prog -> rows.add(row(program.name(), prog.name(), prog.hook())));
    }
    table("BPF programs", rows, "signed program", "BPF program", "type and hook");
  }

  private void files() {
    table(
        "Files",
        view.files().stream().map(file -> row(file.path(), file.size() + " bytes")).toList(),
        "path",
        "size");
    if (view.others() > 0) {
      out.append(Markup.element("p", "Further entries of the initrd: " + view.others()));
    }
  }

  private static String row(String... cells) {
    StringBuilder row = new StringBuilder("<tr>");
    for (String cell : cells) {
      row.append(Markup.element("td", cell));
    }
    return row.append("</tr>\n").toString();
  }

  private void table(String title, List<String> rows, String... columns) {
    if (rows.isEmpty()) {
      return;
    }
    out.append(Markup.element("h2", title)).append("\n<div class=\"wide\"><table>\n<thead><tr>");
    List.of(columns).forEach(column -> out.append(column(column)));
    out.append("</tr></thead>\n<tbody>\n");
    rows.forEach(out::append);
    out.append("</tbody>\n</table></div>\n");
  }
}
