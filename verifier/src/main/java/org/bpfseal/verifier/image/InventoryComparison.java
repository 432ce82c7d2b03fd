// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.image;

import java.util.ArrayList;
import java.util.List;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.loader.Inventory;
import org.bpfseal.verifier.loader.LoaderForm;
import org.bpfseal.verifier.loader.LoaderReader;
import org.bpfseal.verifier.manifest.ProgramEntry;
import org.bpfseal.verifier.program.Generation;

/**
 * Compares what a loader makes with the manifest's map and prog lines, names and types in order.
 */
final class InventoryComparison {
  private InventoryComparison() {}

  static List<ImageFinding> compare(
      ProgramEntry program, Generation generation, String path, Bytes insns, Bytes data) {
    try {
      return compare(program, generation, path, LoaderReader.read(insns, data));
    } catch (FormatException e) {
      return List.of(
          ImageFinding.of(ImageCheck.LOADER_UNREADABLE, path, String.valueOf(e.getMessage())));
    }
  }

  private static List<ImageFinding> compare(
      ProgramEntry program, Generation generation, String path, Inventory inventory) {
    List<ImageFinding> findings = new ArrayList<>();
    LoaderForm wanted = generation == Generation.V7_3 ? LoaderForm.D : LoaderForm.B2;
    if (inventory.form() != wanted) {
      findings.add(
          ImageFinding.of(ImageCheck.FORM_DIFFERS, path, inventory.form().id(), generation.id()));
    }
    List<String> maps =
        inventory.maps().stream()
            .map(map -> map.definition().name() + " " + map.definition().type().text())
            .toList();
    if (!maps.equals(
        program.maps().stream().map(map -> map.name() + " " + map.type().text()).toList())) {
      findings.add(ImageFinding.of(ImageCheck.MAPS_DIFFER, path, maps));
    }
    List<String> progs =
        inventory.programs().stream().map(prog -> prog.name() + " " + prog.type().text()).toList();
    if (!progs.equals(
        program.progs().stream().map(prog -> prog.name() + " " + prog.type().text()).toList())) {
      findings.add(ImageFinding.of(ImageCheck.PROGS_DIFFER, path, progs));
    }
    return findings;
  }
}
