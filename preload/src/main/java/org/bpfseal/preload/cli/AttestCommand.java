// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpfseal.preload.attest.Attestation;
import org.bpfseal.preload.attest.Deviation;
import org.bpfseal.preload.attest.RunningSystem;
import org.bpfseal.preload.attest.RunningSystemReader;
import org.bpfseal.preload.loader.ControlProgram;
import org.bpfseal.preload.view.ImageView;
import org.bpfseal.preload.view.ImageViewer;
import org.bpfseal.preload.view.SignerView;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.Given;
import org.bpfseal.verifier.cli.InputFile;
import org.bpfseal.verifier.cli.InputLimit;
import org.bpfseal.verifier.cli.Json;
import org.bpfseal.verifier.cli.Syntax;
import org.bpfseal.verifier.cli.Table;
import picocli.CommandLine.Model.CommandSpec;

/** {@code bpf-preload attest}. */
final class AttestCommand {
  private final Syntax syntax =
      Syntax.of(
              "attest",
              "Compares what runs with an image: links, holds, pins and programs that are missing,",
              "extra or different. On the machine, as root, or of an inventory from there.",
              "Exit code 1: something is. The image itself is not verified.")
          .example(
              "bpf-preload attest preload.img --json > attest.json",
              "bpf-sign sign --as data --key host.key --cert host.crt attest.json");

  private final Given<Path> image =
      syntax.operand("IMAGE", "that the machine was booted with").path();

  private final Given<Path> inventory =
      syntax.option("--inventory", "FILE", "what bpfseal inventory printed on the machine").path();

  private final Given<Boolean> json = syntax.flag("--json", "print it as JSON, with the inventory");

  CommandSpec spec() {
    return syntax.spec(this::call);
  }

  private int call() throws IOException, CommandFailure, FormatException {
    ImageView view =
        ImageViewer.view(InputFile.read(image.value(), InputLimit.bytes()), InputLimit.bytes());
    RunningSystem system = RunningSystemReader.read(text());
    List<Deviation> deviations = Attestation.of(view.manifest(), system);
    boolean good = deviations.stream().noneMatch(Deviation::isFault);
    if (json.value()) {
      syntax.out().println(Json.of(values(view, system, deviations, good)));
    } else {
      Table table = new Table();
      deviations.forEach(each -> table.row(each.kind().text(), each.subject(), each.text()));
      syntax.out().print(table);
      syntax
          .out()
          .printf(
              "%s %s the image's manifest, version %d%n",
              system.kernel(),
              good ? "runs what is in" : "differs from",
              view.manifest().version());
    }
    syntax.out().flush();
    return (good ? ExitCode.OK : ExitCode.REFUSED).status();
  }

  private Bytes text() throws IOException, CommandFailure {
    if (inventory.isGiven()) {
      return InputFile.read(inventory.value(), RunningSystemReader.SIZE_MOST);
    }
    ControlProgram.Output output;
    try {
      output = ControlProgram.read(List.of("inventory"), RunningSystemReader.SIZE_MOST);
    } catch (IOException e) {
      throw ControlCommand.cannotRun(e);
    }
    if (output.status() != 0) {
      throw new CommandFailure(
          ExitCode.UNREADABLE, "what runs can't be listed", "this takes root, on the machine");
    }
    return output.text();
  }

  private static Map<String, Object> values(
      ImageView view, RunningSystem system, List<Deviation> deviations, boolean good) {
    return ImageValues.values(
        "schema", "bpfseal-attestation 1",
        "good", good,
        "version", view.manifest().version(),
        "signer", view.signer().map(SignerView::id).orElse(""),
        "deviations",
            ImageValues.list(
                deviations,
                each ->
                    ImageValues.values(
                        "kind", each.kind().text(),
                        "subject", each.subject(),
                        "text", each.text())),
        "kernel", system.kernel(),
        "guard", guard(system.guard()),
        "progs",
            ImageValues.list(
                system.progs(),
                each ->
                    ImageValues.values(
                        "id", each.id(),
                        "type", each.type(),
                        "tag", each.tag(),
                        "name", each.name())),
        "links",
            ImageValues.list(
                system.links(),
                each ->
                    ImageValues.values("id", each.id(), "type", each.type(), "prog", each.prog())),
        "holds",
            ImageValues.list(
                system.holds(),
                each ->
                    ImageValues.values(
                        "id", each.id(),
                        "state", each.state(),
                        "confirmable", each.confirmable(),
                        "name", each.name())),
        "pins",
            ImageValues.list(
                system.pins(),
                each ->
                    ImageValues.values(
                        "of", each.map() ? "map" : "link", "id", each.id(), "name", each.name())));
  }

  private static Map<String, Object> guard(Optional<RunningSystem.Guard> guard) {
    return guard
        .map(
            each ->
                ImageValues.values(
                    "carrier", each.carrier(),
                    "manifest_carrier", each.manifestCarrier(),
                    "programs_carrier", each.programsCarrier(),
                    "version", each.version(),
                    "loads", each.loads(),
                    "nonce", each.nonce()))
        .orElse(Map.of());
  }
}
