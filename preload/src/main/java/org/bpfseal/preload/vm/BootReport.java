// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.vm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a boot came to.
 *
 * @param kernel release as the kernel gives it; empty if the loader never reported
 * @param version of the manifest; empty as above
 * @param manifestCarrier who checked the manifest's signature: {@code guard}, {@code none}
 * @param programs in the order of the report
 * @param outcome how it ended
 * @param pins paths that the machine found afterwards, sorted
 */
public record BootReport(
    String kernel,
    String version,
    String manifestCarrier,
    List<ProgramResult> programs,
    Outcome outcome,
    List<String> pins) {
  private static final Pattern PIN = Pattern.compile(".*?bpfseal-vm: pin path=([!-~]+)\\s*");

  /** Copies the lists. */
  public BootReport {
    programs = List.copyOf(programs);
    pins = List.copyOf(pins);
  }

  /** How a boot ended. */
  public sealed interface Outcome {
    /** The loader went through the manifest; it passed over {@code failed} optional programs. */
    record Done(int programs, int links, int failed, String next) implements Outcome {}

    /**
     * The loader stopped the machine.
     *
     * @param mode {@code halt} or {@code reboot}
     * @param program empty if no program is to blame
     */
    record Stopped(String step, String result, String mode, String program) implements Outcome {}

    /** The machine ended, or its time was over, without a word of the loader about it. */
    record Silent() implements Outcome {}
  }

  /** Whether all was loaded, attached, and found pinned. */
  public boolean isAccepted() {
    return outcome instanceof Outcome.Done done && done.failed() == 0 && missingPins().isEmpty();
  }

  /** Pins that were reported but not found. */
  public List<String> missingPins() {
    return programs.stream()
        .filter(ProgramResult::isLoaded)
        .flatMap(program -> program.pinPaths().stream())
        .filter(path -> !pins.contains(path))
        .toList();
  }

  /** Reads a console's lines; what isn't a report is passed over. */
  public static BootReport of(List<String> console) {
    Map<String, List<ReportLine>> programs = new LinkedHashMap<>();
    String kernel = "";
    String version = "";
    String carrier = "";
    Outcome outcome = new Outcome.Silent();
    for (ReportLine line : lines(console)) {
      switch (line.noun()) {
        case "start" -> {
          kernel = line.value("kernel");
          version = line.value("version");
        }
        case "manifest" -> carrier = line.value("carrier");
        case "program" -> add(programs, line.value("name"), line);
        case "link", "map" -> add(programs, line.value("program"), line);
        case "failure" -> {
          if (line.value("outcome").equals("continue")) {
            add(programs, line.value("program"), line);
          } else {
            outcome = stopped(line);
          }
        }
        case "done" -> outcome = done(line);
        default -> {
          // A fact that says nothing about programs or the outcome.
        }
      }
    }
    List<ProgramResult> results = new ArrayList<>();
    programs.forEach((name, lines) -> results.add(ProgramResult.of(name, lines)));
    return new BootReport(kernel, version, carrier, results, outcome, pins(console));
  }

  /** The report ends with its outcome: what a next program prints is none of it. */
  private static List<ReportLine> lines(List<String> console) {
    List<ReportLine> lines = new ArrayList<>();
    for (String text : console) {
      ReportLine.of(text).ifPresent(lines::add);
      if (!lines.isEmpty() && isLast(lines.getLast())) {
        break;
      }
    }
    return lines;
  }

  /** Whether nothing follows this line in a report. */
  public static boolean isLast(ReportLine line) {
    return line.noun().equals("done")
        || (line.noun().equals("failure") && !line.value("outcome").equals("continue"));
  }

  private static void add(Map<String, List<ReportLine>> programs, String name, ReportLine line) {
    programs.computeIfAbsent(name, _ -> new ArrayList<>()).add(line);
  }

  private static Outcome stopped(ReportLine line) {
    return new Outcome.Stopped(
        line.value("step"), line.value("result"), line.value("outcome"), line.value("program"));
  }

  private static Outcome done(ReportLine line) {
    return new Outcome.Done(
        line.count("programs"), line.count("links"), line.count("failed"), line.value("next"));
  }

  private static List<String> pins(List<String> console) {
    return console.stream()
        .map(PIN::matcher)
        .filter(Matcher::matches)
        .map(pin -> pin.group(1))
        .sorted()
        .toList();
  }
}
