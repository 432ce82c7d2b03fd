// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bpfseal.preload.page.ImagePage;
import org.bpfseal.preload.view.ImageView;
import org.bpfseal.preload.view.ImageViewer;
import org.bpfseal.verifier.KernelRelease;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.Given;
import org.bpfseal.verifier.cli.InputFile;
import org.bpfseal.verifier.cli.InputLimit;
import org.bpfseal.verifier.cli.OutputFile;
import org.bpfseal.verifier.cli.Syntax;
import org.bpfseal.verifier.x509.CertificateFileReader;
import picocli.CommandLine.Model.CommandSpec;

/** {@code bpf-preload inspect}. */
final class InspectCommand {
  private static final int CERTIFICATE_MOST = 1 << 20;

  private final Syntax syntax =
      Syntax.of(
              "inspect",
              "Shows what is in an image, who signed it, and what each kernel says to it.",
              "It only shows: whether an image may be booted is what bpf-verify verify answers.")
          .example("bpf-preload inspect preload.img --cert release.crt --html preload.html");

  private final Given<Path> file =
      syntax.operand("IMAGE", "a preload image, or an initrd with one in it").path();

  private final Given<List<Path>> certificates =
      syntax
          .option(
              "--cert",
              "CERT",
              "who may have signed it, PEM or DER; may be repeated (else: whom the image names)")
          .paths();

  private final Given<List<String>> kernels =
      syntax
          .option("--kernel", "VERSION", "kernels that are asked (6.18,7.3; with a guard 6.12 too)")
          .list(List.of());

  private final Given<Path> page =
      syntax.option("--html", "FILE", "write it as one page for a browser").path();

  private final Given<Boolean> force = syntax.flag("--force", "replace what exists");

  private final Given<Boolean> json = syntax.flag("--json", "print it as JSON");

  CommandSpec spec() {
    return syntax.spec(this::call);
  }

  private int call() throws IOException, CommandFailure, FormatException {
    if (page.isGiven()) {
      OutputFile.check(page.value(), force.value());
    }
    ImageView view =
        ImageViewer.view(
            InputFile.read(file.value(), InputLimit.bytes()),
            InputLimit.bytes(),
            trusted(),
            releases());
    if (page.isGiven()) {
      String name = String.valueOf(file.value().getFileName());
      OutputFile.write(page.value(), Bytes.utf8(ImagePage.of(name, view)), force.value());
      syntax.err().println("bpf-preload: note: wrote " + page.value());
    }
    ImagePrinter.print(view, json.value(), syntax.out());
    return ExitCode.OK.status();
  }

  private List<Bytes> trusted() throws IOException, CommandFailure {
    List<Bytes> all = new ArrayList<>();
    for (Path path : certificates.value()) {
      try {
        all.addAll(CertificateFileReader.read(InputFile.read(path, CERTIFICATE_MOST)));
      } catch (FormatException e) {
        throw new CommandFailure(ExitCode.UNREADABLE, path + ": " + e.getMessage());
      }
    }
    return all;
  }

  private List<KernelRelease> releases() throws CommandFailure {
    List<KernelRelease> releases = new ArrayList<>();
    for (String text : kernels.value()) {
      releases.add(
          KernelRelease.parse(text)
              .orElseThrow(
                  () ->
                      new CommandFailure(
                          ExitCode.USAGE, "--kernel: expected a release, found \"" + text + "\"")));
    }
    return releases;
  }
}
