// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bpfseal.preload.vm.BootReport;
import org.bpfseal.preload.vm.BootReport.Outcome;
import org.bpfseal.preload.vm.ProgramResult;
import org.bpfseal.preload.vm.ReportLine;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.Json;
import org.bpfseal.verifier.cli.Table;

/** Shows a boot: first what has no program as it comes, then a table of the programs. */
final class BootPrinter {
  private static final int LAST_WORDS = 12;

  private final PrintWriter out;
  private final boolean json;
  private boolean over;

  BootPrinter(PrintWriter out, boolean json) {
    this.out = out;
    this.json = json;
  }

  /** A line of the console. */
  void listen(String line) {
    if (json || over) {
      return;
    }
    ReportLine.of(line)
        .ifPresent(
            fact -> {
              over = BootReport.isLast(fact);
              if (isShown(fact)) {
                out.printf(
                    Locale.ROOT,
                    "[%6.2f] %-9s %s%n",
                    fact.milliseconds() / 1000.0,
                    fact.noun(),
                    String.join(
                        "  ",
                        fact.values().entrySet().stream()
                            .map(value -> value.getKey() + " " + value.getValue())
                            .toList()));
                out.flush();
              }
            });
  }

  private static boolean isShown(ReportLine fact) {
    return switch (fact.noun()) {
      case "program", "link", "map" -> false;
      case "failure" -> !fact.value("outcome").equals("continue");
      default -> true;
    };
  }

  /** The whole boot; its exit code. */
  ExitCode finish(BootReport report, List<String> console) {
    if (json) {
      out.println(Json.of(values(report)));
    } else {
      out.print(table(report));
      out.println(outcome(report));
      if (report.outcome() instanceof Outcome.Silent) {
        console.stream().skip(Math.max(0, console.size() - LAST_WORDS)).forEach(out::println);
      }
    }
    out.flush();
    if (report.isAccepted()) {
      return ExitCode.OK;
    }
    return report.kernel().isEmpty() ? ExitCode.UNREADABLE : ExitCode.REFUSED;
  }

  private static String table(BootReport report) {
    if (report.programs().isEmpty()) {
      return "";
    }
    Table table = new Table().row("PROGRAM", "FORM", "VERDICT", "CARRIER", "ATTACHED", "PINS", "");
    for (ProgramResult program : report.programs()) {
      long attached = program.links().stream().filter(ProgramResult.Part::isGood).count();
      long pins = program.pinPaths().stream().filter(report.pins()::contains).count();
      table.row(
          program.name(),
          program.form(),
          program.isLoaded() ? "loaded" : program.result(),
          program.carrier().isEmpty() ? "none" : program.carrier(),
          attached + " of " + program.links().size(),
          pins + " of " + program.pinPaths().size(),
          program.isLoaded() ? "" : "step " + program.step() + " " + program.detail());
    }
    return table.toString();
  }

  private static String outcome(BootReport report) {
    return switch (report.outcome()) {
      case Outcome.Done done when report.isAccepted() ->
          "boot accepted: %s, %s, %s, manifest's carrier %s"
              .formatted(
                  Table.count(done.programs(), "program"),
                  Table.count(done.links(), "link"),
                  Table.count(report.pins().size(), "pin"),
                  report.manifestCarrier());
      case Outcome.Done done when done.failed() > 0 ->
          "boot refused: %s passed over, %s loaded"
              .formatted(
                  Table.count(done.failed(), "optional program"),
                  Table.count(done.programs(), "program"));
      case Outcome.Done _ -> "boot refused: pins not found: " + report.missingPins();
      case Outcome.Stopped stopped ->
          "boot refused: %s at step %s%s, the machine had to %s"
              .formatted(
                  stopped.result(),
                  stopped.step(),
                  stopped.program().isEmpty() ? "" : " of " + stopped.program(),
                  stopped.mode());
      case Outcome.Silent _ -> "boot refused: it ended without an outcome; its last words:";
    };
  }

  private static Map<String, Object> values(BootReport report) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("schema", "bpfseal-boot 1");
    values.put("accepted", report.isAccepted());
    values.put("outcome", outcome(report));
    values.put("kernel", report.kernel());
    values.put("manifest_version", report.version());
    values.put("manifest_carrier", report.manifestCarrier());
    values.put("programs", report.programs().stream().map(BootPrinter::values).toList());
    values.put("pins", report.pins());
    return values;
  }

  private static Map<String, Object> values(ProgramResult program) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("name", program.name());
    values.put("form", program.form());
    values.put("step", program.step());
    values.put("result", program.result());
    values.put("carrier", program.carrier().isEmpty() ? "none" : program.carrier());
    values.put("detail", program.detail());
    values.put("links", program.links().stream().map(BootPrinter::values).toList());
    values.put("maps", program.maps().stream().map(BootPrinter::values).toList());
    return values;
  }

  private static Map<String, Object> values(ProgramResult.Part part) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("name", part.name());
    values.put("kind", part.kind());
    values.put("step", part.step());
    values.put("result", part.result());
    return values;
  }
}
