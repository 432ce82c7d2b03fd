// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bpfseal.preload.PreloadImage;
import org.bpfseal.preload.image.Compression;
import org.bpfseal.preload.image.InitramfsWriter;
import org.bpfseal.preload.plan.PlanJudge;
import org.bpfseal.preload.plan.PlanRefusedException;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.Given;
import org.bpfseal.verifier.cli.InputFile;
import org.bpfseal.verifier.cli.Json;
import org.bpfseal.verifier.cli.OutputFile;
import org.bpfseal.verifier.cli.Syntax;
import org.bpfseal.verifier.cli.Table;
import org.bpfseal.verifier.manifest.ManifestText;
import picocli.CommandLine.Model.CommandSpec;

/** {@code bpf-preload build}. */
final class BuildCommand {
  private static final int MANIFEST_MOST = 64 << 10;
  private static final int SIGNATURE_MOST = 64 << 10;

  private final Syntax syntax =
      Syntax.of("build", "Makes the image of a plan and its signed manifest.")
          .example("bpf-preload build --plan plan.txt --manifest manifest --out preload.img");

  private final Given<Path> plan = syntax.option("--plan", "PLAN", "the plan").required().path();

  private final Given<Path> manifest =
      syntax
          .option("--manifest", "FILE", "its manifest, with the signature FILE.p7s beside it")
          .required()
          .path();

  private final Given<Path> output = syntax.option("--out", "IMAGE", "the image").required().path();

  private final Given<Long> leastVersion =
      syntax
          .option("--min-version", "N", "refuse a plan of a lower version: one that was in use")
          .wholeNumber(0);

  private final Given<Compression> compression =
      syntax.option("--compress", "HOW", "none, gzip, xz or zstd (default)").word(Compression.ZSTD);

  private final Given<Boolean> force = syntax.flag("--force", "replace what exists");

  private final Given<Boolean> json = syntax.flag("--json", "print the summary as JSON");

  CommandSpec spec() {
    return syntax.spec(this::call);
  }

  private int call() throws IOException, CommandFailure, FormatException {
    OutputFile.check(output.value(), force.value());
    PlanFiles.Read read = PlanFiles.read(plan.value());
    if (read.plan().version() < leastVersion.value()) {
      throw new CommandFailure(
          ExitCode.REFUSED,
          "%s: version %d is below %d"
              .formatted(plan.value(), read.plan().version(), leastVersion.value()),
          "a new image has a higher version than any before it");
    }
    Bytes text = InputFile.read(manifest.value(), MANIFEST_MOST);
    if (!text.equals(ManifestText.of(read.image().manifest()))) {
      throw new CommandFailure(
          ExitCode.REFUSED,
          manifest.value() + ": is not the manifest of " + plan.value() + " and its files",
          "bpf-preload manifest --plan " + plan.value() + " writes it; then sign it again");
    }
    Bytes signature = signature();
    Bytes archive = InitramfsWriter.write(PreloadImage.of(read.image(), text, signature).files());
    judge(read, archive);
    Bytes image = compression.value().compress(archive);
    OutputFile.write(output.value(), image, force.value());
    print(read.image().programs().size(), image);
    return ExitCode.OK.status();
  }

  private void print(int programs, Bytes image) {
    PrintWriter out = syntax.out();
    if (json.value()) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("schema", "bpfseal-build 1");
      values.put("image", output.value().toString());
      values.put("programs", programs);
      values.put("size", image.size());
      values.put("compression", compression.value().id());
      out.println(Json.of(values));
    } else {
      out.printf(
          "%s   %s, %d bytes, %s%n",
          output.value(), Table.count(programs, "program"), image.size(), compression.value().id());
    }
    out.flush();
  }

  private void judge(PlanFiles.Read read, Bytes archive) throws CommandFailure, FormatException {
    if (!PlanJudge.canJudge(read.plan())) {
      syntax
          .err()
          .println("bpf-preload: note: the keys of this keyring aren't known here: not judged");
      return;
    }
    try {
      PlanJudge.judge(read.plan(), read.image().certificates(), archive);
    } catch (PlanRefusedException e) {
      throw new CommandFailure(ExitCode.REFUSED, plan.value() + ": " + e.getMessage(), e.hint());
    }
  }

  private Bytes signature() throws IOException, CommandFailure {
    Path file = manifest.value().resolveSibling(manifest.value().getFileName() + ".p7s");
    if (!Files.exists(file)) {
      throw new CommandFailure(
          ExitCode.UNREADABLE,
          file + ": no such file",
          "bpf-sign sign --as data --key KEY --cert CERT " + manifest.value());
    }
    return InputFile.read(file, SIGNATURE_MOST);
  }
}
