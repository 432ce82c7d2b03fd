// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.bpfseal.signer.SignableUnit;
import org.bpfseal.signer.SigningParameters;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.Given;
import org.bpfseal.verifier.cli.Launcher;
import org.bpfseal.verifier.cli.OutputFile;
import org.bpfseal.verifier.cli.Syntax;
import picocli.CommandLine.Model.CommandSpec;

/** {@code bpf-sign digest}: the first half of signing with a key that is elsewhere. */
final class DigestCommand {
  private final Syntax syntax =
      Syntax.of(
              "digest",
              "Writes what has to be signed, for a key that is elsewhere; attach does the rest.")
          .example(
              "bpf-sign digest --as data manifest",
              "openssl pkeyutl -sign -inkey release.key -pkeyopt digest:sha256 \\",
              "  -in manifest.digest -out manifest.sig",
              "bpf-sign attach --as data --cert release.crt --signature manifest.sig manifest");

  private final KindOptions kind = new KindOptions(syntax);

  private final Given<List<Path>> files = syntax.operands("FILE", "what to sign").paths();

  private final Given<ToSign> form =
      syntax
          .option(
              "--form",
              "FORM",
              "digest (default); digest-info: in PKCS#1's DER, for tools that only pad;",
              "payload: the bytes themselves, for tools that hash")
          .word(ToSign.DIGEST);

  private final Given<Path> directory =
      syntax.option("--out", "DIR", "default: beside the input").path();

  private final Given<Boolean> force = syntax.flag("--force", "replace what exists");

  private final Given<Boolean> json = syntax.flag("--json", "print the answers as JSON");

  CommandSpec spec() {
    return syntax.spec(this::call);
  }

  private int call() throws CommandFailure {
    PrintWriter out = syntax.out();
    SigningParameters how = kind.parameters();
    DigestPrinter printer = new DigestPrinter(out, json.value());
    ExitCode exitCode = ExitCode.OK;
    for (Path file : files.value()) {
      try {
        write(file, how, printer);
      } catch (CommandFailure | FormatException | IOException | RuntimeException e) {
        out.flush();
        CommandFailure failure = InputFailure.of(file, Launcher.failureOf(e));
        exitCode = exitCode.and(Launcher.report(syntax.err(), "bpf-sign", failure));
      }
    }
    printer.finish();
    return exitCode.status();
  }

  private void write(Path file, SigningParameters how, DigestPrinter printer)
      throws IOException, FormatException, CommandFailure {
    SignableUnit unit = kind.unit(file);
    for (SignableUnit.Part part : unit.parts()) {
      Path output = PartFile.of(file, directory.optional(), part.name(), form.value().suffix());
      Bytes content = form.value().of(part.payload(), how.digest());
      OutputFile.write(output, content, force.value());
      printer.print(file, kind.kind.value(), part, how.digest(), output);
    }
  }
}
