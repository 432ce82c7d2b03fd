// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.util.ArrayList;
import java.util.List;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.crypto.Sha256;
import org.bpfseal.verifier.loader.Inventory;
import org.bpfseal.verifier.loader.LoaderReader;
import org.bpfseal.verifier.program.DirectLoad;
import org.bpfseal.verifier.program.SignedForm;
import org.bpfseal.verifier.program.SignedProgram;
import org.bpfseal.verifier.program.SignedProgramReader;

/** A signed program: its forms, and what its loaders make. */
final class ProgramInspector {
  private final List<Inspection.Row> rows = new ArrayList<>();

  private ProgramInspector() {}

  static Inspection inspect(Bytes file) throws FormatException {
    ProgramInspector inspector = new ProgramInspector();
    SignedProgram program = SignedProgramReader.read(file);
    inspector.addName(program);
    if (program.direct().isPresent()) {
      inspector.addDirect(program, program.direct().get());
    } else {
      inspector.addLoader(program);
    }
    return new Inspection("signed program", inspector.rows);
  }

  private void addName(SignedProgram program) {
    rows.add(
        new Inspection.Row(
            "name",
            List.of(program.name()),
            Inspection.fields(
                "name", program.name(),
                "blob", program.data().size(),
                "blobSha256", Sha256.of(program.data()).toHex(),
                "object", program.object().map(Bytes::size).orElse(0))));
  }

  /** A program that is signed itself, without a loader. */
  private void addDirect(SignedProgram program, DirectLoad load) {
    for (SignedForm form : program.forms()) {
      rows.add(directForm(form, program.data().size()));
      rows.addAll(SignatureInspector.signers(form.generation().id(), form.signature()));
    }
    Bytes insns = program.forms().getFirst().insns();
    rows.add(InventoryRows.direct(load, insns, program.data()));
    rows.add(
        new Inspection.Row(
            "uncovered",
            List.of("type, attach point, flags and license: no signature says how it is loaded"),
            Inspection.fields("attributes", List.of("type", "attachType", "flags", "license"))));
  }

  private static Inspection.Row directForm(SignedForm form, int data) {
    String insns = Sha256.of(form.insns()).toHex();
    return new Inspection.Row(
        "form",
        List.of(
            form.generation().id(),
            "direct",
            form.insns().size() + (data == 0 ? "" : " + " + data) + " bytes",
            "sha256 " + insns),
        Inspection.fields(
            "generation", form.generation().id(),
            "form", "direct",
            "insns", form.insns().size(),
            "exclusiveHash", insns,
            "signature", form.signature().size()));
  }

  private void addLoader(SignedProgram program) throws FormatException {
    List<Inventory> inventories = new ArrayList<>();
    for (SignedForm form : program.forms()) {
      Inventory inventory = LoaderReader.read(form.insns(), program.data());
      inventories.add(inventory);
      rows.add(form(form, inventory, program.data().size()));
      rows.addAll(SignatureInspector.signers(form.generation().id(), form.signature()));
    }
    Inventory first = inventories.getFirst();
    rows.addAll(InventoryRows.of(first));
    for (int i = 1; i < inventories.size(); i++) {
      Inventory other = inventories.get(i);
      if (!other.maps().equals(first.maps()) || !other.programs().equals(first.programs())) {
        String generation = program.forms().get(i).generation().id();
        rows.add(
            new Inspection.Row(
                "differs",
                List.of(generation + " makes something else:"),
                Inspection.fields("generation", generation)));
        rows.addAll(InventoryRows.of(other));
      }
    }
  }

  private static Inspection.Row form(SignedForm form, Inventory inventory, int blob) {
    String insns = Sha256.of(form.insns()).toHex();
    return new Inspection.Row(
        "form",
        List.of(
            form.generation().id(),
            inventory.form().id(),
            form.insns().size() + " + " + blob + " bytes",
            inventory.blobMatches() ? "sha256 " + insns : "refuses this blob when it runs"),
        Inspection.fields(
            "generation", form.generation().id(),
            "form", inventory.form().id(),
            "byteOrder", inventory.order().toString(),
            "insns", form.insns().size(),
            "exclusiveHash", insns,
            "checksBlob", inventory.form().checksBlob(),
            "blobMatches", inventory.blobMatches(),
            "callerMayReplace", inventory.form().callerMayReplace(),
            "signature", form.signature().size()));
  }
}
