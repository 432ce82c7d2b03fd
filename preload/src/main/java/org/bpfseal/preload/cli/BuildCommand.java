// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bpfseal.preload.PreloadImage;
import org.bpfseal.preload.image.Compression;
import org.bpfseal.preload.image.InitramfsWriter;
import org.bpfseal.preload.plan.PlanJudge;
import org.bpfseal.preload.plan.PlanRefusedException;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.InputFile;
import org.bpfseal.verifier.cli.Json;
import org.bpfseal.verifier.cli.OutputFile;
import org.bpfseal.verifier.manifest.ManifestText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bpf-preload build}. */
@Command(
    name = "build",
    mixinStandardHelpOptions = true,
    description = "Makes the image of a plan and its signed manifest.",
    footer = {
      "",
      "Example: bpf-preload build --plan plan.txt --manifest manifest --out preload.img",
    })
final class BuildCommand implements Callable<Integer> {
  private static final int MANIFEST_MOST = 64 << 10;
  private static final int SIGNATURE_MOST = 64 << 10;

  @Option(names = "--plan", required = true, paramLabel = "PLAN", description = "the plan")
  Path plan;

  @Option(
      names = "--manifest",
      required = true,
      paramLabel = "FILE",
      description = "its manifest, with the signature FILE.p7s beside it")
  Path manifest;

  @Option(names = "--out", required = true, paramLabel = "IMAGE", description = "the image")
  Path output;

  @Option(
      names = "--compress",
      paramLabel = "HOW",
      description = "none, gzip, xz or zstd (default)")
  Compression compression = Compression.ZSTD;

  @Option(names = "--force", description = "replace what exists")
  boolean force;

  @Option(names = "--json", description = "print the summary as JSON")
  boolean json;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException, CommandFailure, FormatException {
    OutputFile.check(output, force);
    PlanFiles.Read read = PlanFiles.read(plan);
    Bytes text = InputFile.read(manifest, MANIFEST_MOST);
    if (!text.equals(ManifestText.of(read.image().manifest()))) {
      throw new CommandFailure(
          ExitCode.REFUSED,
          manifest + ": is not the manifest of " + plan + " and its files",
          "bpf-preload manifest --plan " + plan + " writes it; then sign it again");
    }
    Bytes signature = signature();
    judge(read, text, signature);
    Bytes image =
        compression.compress(
            InitramfsWriter.write(PreloadImage.of(read.image(), text, signature).files()));
    OutputFile.write(output, image, force);
    print(read.image().programs().size(), image);
    return ExitCode.OK.status();
  }

  private void print(int programs, Bytes image) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("schema", "bpfseal-build 1");
      values.put("image", output.toString());
      values.put("programs", programs);
      values.put("size", image.size());
      values.put("compression", compression.id());
      out.println(Json.of(values));
    } else {
      out.printf(
          "%s   %s, %d bytes, %s%n",
          output, Table.count(programs, "program"), image.size(), compression.id());
    }
    out.flush();
  }

  private void judge(PlanFiles.Read read, Bytes text, Bytes signature) throws CommandFailure {
    if (!PlanJudge.canJudge(read.plan())) {
      spec.commandLine()
          .getErr()
          .println("bpf-preload: note: the keys of this keyring aren't known here: not judged");
      return;
    }
    try {
      PlanJudge.judge(read.plan(), read.image(), text, signature);
    } catch (PlanRefusedException e) {
      throw new CommandFailure(ExitCode.REFUSED, plan + ": " + e.getMessage(), e.hint());
    }
  }

  private Bytes signature() throws IOException, CommandFailure {
    Path file = manifest.resolveSibling(manifest.getFileName() + ".p7s");
    if (!Files.exists(file)) {
      throw new CommandFailure(
          ExitCode.UNREADABLE,
          file + ": no such file",
          "bpf-sign sign --as data --key KEY --cert CERT " + manifest);
    }
    return InputFile.read(file, SIGNATURE_MOST);
  }
}
