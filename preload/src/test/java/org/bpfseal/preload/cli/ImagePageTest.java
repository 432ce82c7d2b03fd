// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bpfseal.testing.HostCommand;
import org.bpfseal.testing.Lab;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real browser draws the page; a script that only this test puts in measures it. */
@Tag("lab")
class ImagePageTest {
  /** Each line of the answer is a fault; the last says what was measured. */
  private static final String SCRIPT =
      """
      <script>
      const faults = [];
      const inside = (a, b) => a.left >= b.left - .5 && a.right <= b.right + .5
          && a.top >= b.top - .5 && a.bottom <= b.bottom + .5;
      const apart = (a, b) => a.right <= b.left + .5 || b.right <= a.left + .5
          || a.bottom <= b.top + .5 || b.bottom <= a.top + .5;
      let boxes = 0, texts = 0;
      for (const svg of document.querySelectorAll('svg')) {
        const frame = svg.getBoundingClientRect();
        const rects = [...svg.querySelectorAll('rect')].map(r => r.getBoundingClientRect());
        rects.forEach((r, i) => {
          boxes++;
          if (!inside(r, frame)) faults.push('box outside its drawing');
          rects.slice(i + 1).forEach(o => { if (!apart(r, o)) faults.push('boxes overlap'); });
        });
        for (const group of svg.querySelectorAll('g')) {
          const box = group.querySelector('rect').getBoundingClientRect();
          const lines = [...group.querySelectorAll('text')].map(t => t.getBoundingClientRect());
          lines.forEach(line => {
            texts++;
            if (!inside(line, box)) faults.push('text outside its box: ' + group.textContent);
            if (line.width < 5) faults.push('text not drawn');
          });
          if (!apart(lines[0], lines[1])) faults.push('lines overlap: ' + group.textContent);
        }
        if (!svg.querySelector('title').textContent) faults.push('drawing without a name');
      }
      for (const cell of document.querySelectorAll('dd, h1, li, p')) {
        if (cell.scrollWidth > cell.clientWidth + 1) faults.push('cut: ' + cell.textContent);
      }
      if (document.documentElement.scrollWidth > innerWidth) faults.push('the page is too wide');
      const paper = getComputedStyle(document.body).backgroundColor;
      document.body.innerHTML = '<pre>' + faults.join('\\n') + '\\nboxes ' + boxes + ' texts ' + texts
          + ' paper ' + paper + '</pre>';
      </script>
      """;

  @TempDir static Path folder;
  private static Path page = Path.of("");

  @BeforeAll
  static void build() throws IOException {
    Path image = BuiltImage.guarded(folder);
    page = folder.resolve("page.html");
    assertThat(BuiltImage.run("inspect", image, "--html", page).exitCode()).isZero();
  }

  private static String browser(Object... words) {
    List<Object> command = new ArrayList<>(List.of(Lab.chromium()));
    command.addAll(List.of(words));
    HostCommand answer = HostCommand.run(Map.of(), command.toArray());
    assertThat(answer.exitCode()).as(answer.text()).isZero();
    return answer.text();
  }

  /** On a wide screen, a narrow one, and in the dark. */
  @ParameterizedTest
  @CsvSource({
    "1280, --force-color-profile=srgb, 'rgb(255, 255, 255)'",
    "600, --force-color-profile=srgb, 'rgb(255, 255, 255)'",
    "1280, --blink-settings=preferredColorScheme=0, 'rgb(20, 24, 30)'",
  })
  void textsLieInTheirBoxesAndNothingOverlaps(int width, String more, String paper)
      throws IOException {
    String measured =
        Files.readString(page)
            .replaceFirst("<meta http-equiv=[^>]*>", "")
            .replace("</body>", SCRIPT + "</body>");
    Path copy = Files.writeString(folder.resolve("measured.html"), measured);
    String answer = browser("--dump-dom", "--window-size=" + width + ",1000", more, copy.toUri());

    assertThat(answer).contains("<pre>boxes 27 texts 54 paper " + paper + "</pre>");
  }

  /** The policy in the page keeps whatever an image could smuggle in from running. */
  @ParameterizedTest
  @CsvSource({
    "<script>document.title = 'ran'</script>",
    "<img src=x onerror=\"document.title = 'ran'\">"
  })
  void noScriptRunsInThePageItself(String smuggled) throws IOException {
    Path copy = folder.resolve("smuggled.html");
    Files.writeString(copy, Files.readString(page).replace("</body>", smuggled + "</body>"));

    assertThat(browser("--dump-dom", copy.toUri())).contains("<title>preload.img - preload image");
  }

  @Test
  void printsOnPaper() throws IOException {
    Path pdf = folder.resolve("page.pdf");
    browser("--print-to-pdf=" + pdf, "--no-pdf-header-footer", page.toUri());
    assertThat(Files.size(pdf)).isGreaterThan(10_000);
  }
}
