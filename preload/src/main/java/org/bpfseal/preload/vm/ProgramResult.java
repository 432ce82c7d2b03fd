// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.vm;

import java.util.ArrayList;
import java.util.List;

/**
 * What the boot loader reported of one signed program.
 *
 * @param form generation that was loaded, or {@code none}
 * @param step that failed, or the last one
 * @param result {@code OK} or an errno name
 * @param carrier who checked its signature; empty if it wasn't loaded
 * @param detail the kernel's own words about a failure, blanks as {@code _}; may be empty
 * @param links attached and pinned, or not
 * @param maps pinned, or not
 */
public record ProgramResult(
    String name,
    String form,
    String step,
    String result,
    String carrier,
    String detail,
    List<Part> links,
    List<Part> maps) {
  /** Copies the lists. */
  public ProgramResult {
    links = List.copyOf(links);
    maps = List.copyOf(maps);
  }

  /**
   * A link or a pinned map.
   *
   * @param kind of a link; empty for a map
   * @param step {@code attach} or {@code pin}
   */
  public record Part(String name, String kind, String step, String result) {
    public boolean isGood() {
      return result.equals("OK");
    }
  }

  /** Whether it was loaded and nothing of it failed afterwards. */
  public boolean isLoaded() {
    return result.equals("OK");
  }

  /** The pins that a loaded program must have. */
  public List<String> pinPaths() {
    List<String> paths = new ArrayList<>();
    maps.forEach(map -> paths.add("/bpfseal/" + name + "/maps/" + map.name()));
    links.forEach(link -> paths.add("/bpfseal/" + name + "/" + link.name()));
    return paths;
  }

  /** Folds a program's lines; the last that says a step decides. */
  static ProgramResult of(String name, List<ReportLine> lines) {
    ReportLine program =
        lines.stream()
            .filter(line -> line.noun().equals("program"))
            .findFirst()
            .orElse(lines.getFirst());
    ReportLine decisive =
        lines.stream()
            .filter(line -> !line.value("result").equals("OK"))
            .findFirst()
            .orElse(program);
    return new ProgramResult(
        name,
        program.value("form"),
        decisive.value("step"),
        decisive.value("result"),
        program.value("carrier"),
        program.value("detail"),
        parts(lines, "link"),
        parts(lines, "map"));
  }

  private static List<Part> parts(List<ReportLine> lines, String noun) {
    return lines.stream()
        .filter(line -> line.noun().equals(noun))
        .map(
            line ->
                new Part(
                    line.value("name"),
                    line.value("kind"),
                    line.value("step"),
                    line.value("result")))
        .toList();
  }
}
