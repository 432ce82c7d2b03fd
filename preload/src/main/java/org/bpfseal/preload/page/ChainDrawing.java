// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfseal.preload.view.CertificateView;
import org.bpfseal.preload.view.ProgramView;
import org.bpfseal.preload.view.SignerView;
import org.bpfseal.verifier.manifest.Hold;

/**
 * The chain of one program as SVG: certificate, signature, program, hook, hold, from left to right.
 * A box spans the rows of what hangs on it, so that all lines are straight and cross nothing.
 */
final class ChainDrawing {
  /** Left edges and widths of the columns. */
  private static final int[] LEFT = {0, 226, 444, 670, 1000};

  private static final int[] WIDTH = {190, 182, 190, 294, 180};
  private static final int ALL = 1180;

  private static final int ROW = 46;
  private static final int BOX = 38;

  /** Of a monospaced font at 12 pixels, rounded up: the widest of the usual ones has 7.23. */
  private static final double ADVANCE = 7.3;

  private static final int INSET = 9;

  /** What the columns are called, above the first drawing. */
  private static final List<String> COLUMNS =
      List.of("certificate", "signature", "program", "hook", "hold");

  private static final int HEADING = 20;

  private final StringBuilder out = new StringBuilder();

  private ChainDrawing() {}

  /** Two lines of a box, and how it looks. */
  record Box(String title, String detail, String look) {}

  static String of(ProgramView program) {
    int rows = Math.max(Math.max(program.forms().size(), program.links().size()), 1);
    ChainDrawing drawing = new ChainDrawing();
    drawing.begin(rows, 0, "Chain of " + program.name(), words(program));
    drawing.signatures(
        program.forms().stream().map(ProgramView.Form::signer).toList(),
        program.forms().stream().map(form -> "kernel " + form.generation().id()).toList());
    drawing.box(2, 0, rows, new Box(program.name(), summary(program), "program"));
    for (int i = 0; i < program.links().size(); i++) {
      ProgramView.Link link = program.links().get(i);
      drawing.line(2, i);
      drawing.box(3, i, 1, new Box(link.place(), "link " + link.name(), "hook"));
      drawing.line(3, i);
      drawing.box(4, i, 1, hold(link));
    }
    return drawing.end();
  }

  /** The chain of the manifest, which binds what no program's signature does. */
  static String ofManifest(Optional<SignerView> signer, long version, boolean guarded) {
    ChainDrawing drawing = new ChainDrawing();
    drawing.begin(
        1, HEADING, "Chain of the manifest", "The manifest's signature and who checks it at boot.");
    for (int i = 0; i < COLUMNS.size(); i++) {
      drawing.out.append(text("d", LEFT[i], 12 - HEADING, COLUMNS.get(i)));
    }
    drawing.signatures(List.of(signer), List.of("manifest.p7s"));
    drawing.box(2, 0, 1, new Box("manifest", "version " + version, "program"));
    drawing.line(2, 0);
    drawing.box(3, 0, 1, new Box("order, links, pins, holds", "what it binds", "hook"));
    drawing.line(3, 0);
    drawing.box(
        4,
        0,
        1,
        guarded
            ? new Box("checked by guard", "at each boot", "held")
            : new Box("checked by nobody", "at boot", "open"));
    return drawing.end();
  }

  private static String summary(ProgramView program) {
    String need = program.position() == 0 ? "guard" : program.optional() ? "optional" : "required";
    int progs = program.progs().size();
    return need + ", " + progs + (progs == 1 ? " program" : " programs");
  }

  private static Box hold(ProgramView.Link link) {
    return link.hold()
        .map(
            hold ->
                new Box(
                    hold.bestEffort() ? "held, best effort" : "held",
                    hold.confirmers().isEmpty() ? "nobody may confirm" : "by " + names(hold),
                    "held"))
        .orElse(new Box("not held", "pinned only", "open"));
  }

  private static String names(Hold hold) {
    return String.join(", ", hold.confirmers());
  }

  /** The same as a sentence, for those who don't see it. */
  private static String words(ProgramView program) {
    StringBuilder words = new StringBuilder("Signed by ");
    words.append(String.join(" and ", program.signers())).append('.');
    for (ProgramView.Link link : program.links()) {
      Box hold = hold(link);
      words.append(
          " Link %s to %s, %s, %s."
              .formatted(link.name(), link.place(), hold.title(), hold.detail()));
    }
    return words.toString();
  }

  /** A row each; neighbours of one certificate share its box. */
  private void signatures(List<Optional<SignerView>> signers, List<String> titles) {
    List<Box> certificates = new ArrayList<>();
    for (int i = 0; i < signers.size(); i++) {
      Box certificate = certificate(signers.get(i));
      certificates.add(certificate);
      line(0, i);
      box(
          1,
          i,
          1,
          signers
              .get(i)
              .map(
                  signer -> new Box(titles.get(certificates.size() - 1), signer.algorithm(), "sig"))
              .orElse(new Box("no signature", "that can be read", "bad")));
      line(1, i);
    }
    for (int i = 0; i < certificates.size(); ) {
      int end = i + 1;
      while (end < certificates.size() && certificates.get(end).equals(certificates.get(i))) {
        end++;
      }
      box(0, i, end - i, certificates.get(i));
      i = end;
    }
  }

  private static Box certificate(Optional<SignerView> signer) {
    Optional<CertificateView> found = signer.flatMap(SignerView::certificate);
    if (found.isPresent()) {
      return new Box(found.get().subject(), found.get().file(), "cert");
    }
    return signer
        .map(unknown -> new Box("unknown signer", unknown.id(), "bad"))
        .orElse(new Box("nobody", "no certificate", "bad"));
  }

  private void begin(int rows, int heading, String title, String words) {
    int height = heading + (rows - 1) * ROW + BOX + 2;
    out.append(
        "<svg class=\"chain\" role=\"img\" viewBox=\"-1 %d %d %d\" width=\"%d\" height=\"%d\">"
            .formatted(-1 - heading, ALL + 2, height, ALL + 2, height));
    out.append(Markup.element("title", title)).append(Markup.element("desc", words)).append('\n');
  }

  private void line(int column, int row) {
    int y = row * ROW + BOX / 2;
    int from = LEFT[column] + WIDTH[column];
    int to = LEFT[column + 1];
    out.append("<path class=\"line\" d=\"M%d %dH%dm-6-4l6 4-6 4\"/>\n".formatted(from, y, to));
  }

  private void box(int column, int row, int rows, Box box) {
    int x = LEFT[column];
    int y = row * ROW;
    out.append(
        "<g class=\"%s\"><title>%s</title><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"5\"/>"
            .formatted(
                box.look(),
                Markup.text(box.title() + ": " + box.detail()),
                x,
                y,
                WIDTH[column],
                (rows - 1) * ROW + BOX));
    out.append(text("t", x, y + 15, fitted(box.title(), WIDTH[column])));
    out.append(text("d", x, y + 31, fitted(box.detail(), WIDTH[column])));
    out.append("</g>\n");
  }

  private static String text(String look, int x, int y, String text) {
    return "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>"
        .formatted(look, x + INSET, y, Markup.text(text));
  }

  /** The text, cut where the box would end; the whole stands in the box's title. */
  private static String fitted(String text, int width) {
    int most = (int) ((width - 2 * INSET) / ADVANCE);
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }

  private String end() {
    return out.append("</svg>\n").toString();
  }
}
