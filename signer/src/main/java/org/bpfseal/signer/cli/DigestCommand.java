// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.bpfseal.signer.SignableUnit;
import org.bpfseal.signer.SigningParameters;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.Launcher;
import org.bpfseal.verifier.cli.OutputFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bpf-sign digest}: the first half of signing with a key that is elsewhere. */
@Command(
    name = "digest",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    usageHelpWidth = 100,
    description =
        "Writes what has to be signed, for a key that is elsewhere; attach does the rest.",
    footer = {
      "",
      "Example: bpf-sign digest --as data manifest",
      "         openssl pkeyutl -sign -inkey release.key -pkeyopt digest:sha256 \\",
      "           -in manifest.digest -out manifest.sig",
      "         bpf-sign attach --as data --cert release.crt --signature manifest.sig manifest"
    })
final class DigestCommand implements Callable<Integer> {
  @Mixin KindOptions kind;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "what to sign")
  List<Path> files;

  @Option(
      names = "--form",
      paramLabel = "FORM",
      description = {
        "digest (default); digest-info: in PKCS#1's DER, for tools that only pad;",
        "payload: the bytes themselves, for tools that hash"
      })
  ToSign form = ToSign.DIGEST;

  @Option(names = "--out", paramLabel = "DIR", description = "default: beside the input")
  @Nullable Path directory;

  @Option(names = "--force", description = "replace what exists")
  boolean force;

  @Option(names = "--json", description = "print the answers as JSON")
  boolean json;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws CommandFailure {
    PrintWriter out = spec.commandLine().getOut();
    SigningParameters how = kind.parameters();
    DigestPrinter printer = new DigestPrinter(out, json);
    ExitCode exitCode = ExitCode.OK;
    for (Path file : files) {
      try {
        write(file, how, printer);
      } catch (CommandFailure | FormatException | IOException | RuntimeException e) {
        out.flush();
        CommandFailure failure = InputFailure.of(file, Launcher.failureOf(e));
        exitCode = exitCode.and(Launcher.report(spec.commandLine().getErr(), "bpf-sign", failure));
      }
    }
    printer.finish();
    return exitCode.status();
  }

  private void write(Path file, SigningParameters how, DigestPrinter printer)
      throws IOException, FormatException, CommandFailure {
    SignableUnit unit = kind.unit(file);
    for (SignableUnit.Part part : unit.parts()) {
      Path output = PartFile.of(file, directory, part.name(), form.suffix());
      Bytes content = form.of(part.payload(), how.digest());
      OutputFile.write(output, content, force);
      printer.print(file, kind.kind, part, how.digest(), output);
    }
  }
}
