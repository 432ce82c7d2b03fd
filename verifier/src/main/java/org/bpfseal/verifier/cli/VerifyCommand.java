// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bpfseal.verifier.bytes.FormatException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Says what kernels would answer to signed programs (.bpfs), preload images, and",
      "detached signatures (.p7s, whose content lies beside them without that ending)."
    },
    footer = {
      "",
      "Example: bpf-verify verify exec_guard.bpfs --cert release.pem --kernel 7.3,6.18"
    })
final class VerifyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", arity = "1..*", description = "what to judge")
  List<Path> files;

  @Mixin TrustOptions trust;

  @Option(names = "--content", paramLabel = "FILE", description = "what a .p7s covers")
  @Nullable Path content;

  @Option(names = "--strict", description = "refuse on advice too")
  boolean strict;

  @Option(names = "--json", description = "print the answers as JSON")
  boolean json;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException, FormatException, CommandFailure {
    TrustOptions.Trust trusted = trust.trust();
    Verifier verifier = new Verifier(trusted.kernels(), content);
    List<Answer> answers = new ArrayList<>();
    ExitCode exitCode =
        InputFiles.each(
            files,
            spec,
            file -> {
              List<Answer> found = verifier.answers(file);
              answers.addAll(found);
              return found.stream()
                  .map(answer -> answer.exitCode(strict))
                  .reduce(ExitCode.OK, ExitCode::and);
            });
    if (strict && trusted.host().stream().anyMatch(HostKeys.Row::isUnknown)) {
      exitCode = exitCode.and(ExitCode.REFUSED);
    }
    print(trusted.host(), answers, spec.commandLine().getOut());
    return exitCode.status();
  }

  private void print(List<HostKeys.Row> host, List<Answer> answers, PrintWriter out) {
    if (json) {
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
