// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bpfseal.verifier.bytes.FormatException;
import picocli.CommandLine.Model.CommandSpec;

final class VerifyCommand {
  private final Syntax syntax =
      Syntax.of(
              "verify",
              "Says what kernels would answer to signed programs (.bpfs), preload images, and",
              "detached signatures (.p7s, whose content lies beside them without that ending).")
          .example("bpf-verify verify exec_guard.bpfs --cert release.pem --kernel 7.3,6.18");

  private final Given<List<Path>> files = syntax.operands("FILE", "what to judge").paths();

  private final TrustOptions trust = new TrustOptions(syntax);

  private final Given<Path> content =
      syntax.option("--content", "FILE", "what a .p7s covers").path();

  private final Given<Long> leastVersion =
      syntax.option("--min-version", "N", "least version of an image's manifest").wholeNumber(0);

  private final Given<Path> loader =
      syntax
          .option("--loader", "FILE", "what an image's boot loader must be, which no one signs")
          .path();

  private final Given<Boolean> strict = syntax.flag("--strict", "refuse on advice too");

  private final Given<Boolean> json = syntax.flag("--json", "print the answers as JSON");

  CommandSpec spec() {
    return syntax.spec(this::call);
  }

  private int call() throws IOException, FormatException, CommandFailure {
    TrustOptions.Trust trusted = trust.trust();
    Verifier verifier =
        new Verifier(
            trusted.kernels(), content.optional(), loader.optional(), leastVersion.value());
    List<Answer> answers = new ArrayList<>();
    ExitCode exitCode =
        InputFiles.each(
            files.value(),
            syntax,
            file -> {
              List<Answer> found = verifier.answers(file);
              answers.addAll(found);
              return found.stream()
                  .map(answer -> answer.exitCode(strict.value()))
                  .reduce(ExitCode.OK, ExitCode::and);
            });
    if (strict.value() && trusted.host().stream().anyMatch(HostKeys.Row::isUnknown)) {
      exitCode = exitCode.and(ExitCode.REFUSED);
    }
    print(trusted.host(), answers, syntax.out());
    return exitCode.status();
  }

  private void print(List<HostKeys.Row> host, List<Answer> answers, PrintWriter out) {
    if (json.value()) {
      Map<String, Object> fields = Inspection.fields("schema", "bpf-verify-verify 1");
      if (!host.isEmpty()) {
        fields.put("host", host.stream().map(HostKeys.Row::json).toList());
      }
      fields.put("results", answers.stream().map(Answer::json).toList());
      out.println(Json.of(fields));
    } else {
      Table table = new Table();
      host.forEach(row -> table.add(row.line()));
      answers.forEach(answer -> answer.lines().forEach(table::add));
      table.print(out, "");
    }
    out.flush();
  }
}
