// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import picocli.CommandLine.Model.CommandSpec;

final class InspectCommand {
  private final Syntax syntax =
      Syntax.of(
              "inspect",
              "Lists what a signed program makes, a manifest, token or challenge says,",
              "or who made a signature.",
              "Nothing is verified; no key is needed.")
          .example("bpf-verify inspect dist/exec_guard.bpfs");

  private final Given<List<Path>> files = syntax.operands("FILE", "what to look into").paths();

  private final Given<Boolean> json = syntax.flag("--json", "print the same as JSON");

  CommandSpec spec() {
    return syntax.spec(this::call);
  }

  private int call() {
    PrintWriter out = syntax.out();
    List<Object> results = new ArrayList<>();
    ExitCode exitCode =
        InputFiles.each(
            files.value(),
            syntax,
            file -> {
              Inspection inspection = inspect(file, InputFile.read(file, InputLimit.bytes()));
              if (json.value()) {
                results.add(json(file, inspection));
              } else {
                print(file, inspection, out);
              }
              return ExitCode.OK;
            });
    if (json.value()) {
      out.println(Json.of(Inspection.fields("schema", "bpf-verify-inspect 1", "results", results)));
    }
    out.flush();
    return exitCode.status();
  }

  private static Inspection inspect(Path path, Bytes file)
      throws CommandFailure, FormatException, IOException {
    return switch (FileKind.of(path, file)) {
      case PROGRAM -> ProgramInspector.inspect(file);
      case MANIFEST -> ManifestInspector.inspect(file);
      case IMAGE -> ImageInspector.inspect(file);
      case SIGNATURE -> SignatureInspector.inspect(file);
      case TOKEN -> TokenInspector.inspect(file);
      case CHALLENGE -> TokenInspector.inspectChallenge(file);
    };
  }

  private static Object json(Path file, Inspection inspection) {
    return Inspection.fields(
        "file", file.toString(),
        "kind", inspection.kind(),
        "items", inspection.rows().stream().map(Inspection.Row::json).toList());
  }

  private static void print(Path file, Inspection inspection, PrintWriter out) {
    out.println(Table.printable(file.toString()) + "   " + inspection.kind());
    Table table = new Table();
    inspection.rows().forEach(row -> table.add(row.line()));
    table.print(out, "  ");
  }
}
