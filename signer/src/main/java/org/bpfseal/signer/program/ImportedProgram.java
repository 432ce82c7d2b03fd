// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.program;

import java.util.List;
import java.util.Optional;
import org.bpfseal.signer.header.SkeletonHeader;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.loader.Inventory;
import org.bpfseal.verifier.loader.LoaderForm;
import org.bpfseal.verifier.loader.LoaderReader;
import org.bpfseal.verifier.program.Generation;
import org.bpfseal.verifier.program.SignedForm;
import org.bpfseal.verifier.program.SignedProgram;

/**
 * What bpftool signed, as a signed program of one form.
 *
 * @param form which generator made the loader, by its instructions
 * @param signature as it was in the header; nobody has verified it
 */
public record ImportedProgram(SkeletonHeader header, LoaderForm form, Bytes signature) {
  /**
   * Reads loader and blob.
   *
   * @return nothing if it isn't signed
   * @throws FormatException if the loader does anything else than loaders do, or checks another
   *     blob
   */
  public static Optional<ImportedProgram> of(SkeletonHeader header) throws FormatException {
    Inventory inventory = LoaderReader.read(header.insns(), header.data());
    if (!inventory.blobMatches()) {
      throw new FormatException(
          "light skeleton header",
          "opts_data",
          0,
          "expected the blob that the loader checks, found another");
    }
    return header
        .signature()
        .map(signature -> new ImportedProgram(header, inventory.form(), signature));
  }

  /** The kernels that its signature is for: those that bind the blob, or those that don't. */
  public Generation generation() {
    return form.checksBlob() ? Generation.V6_18 : Generation.V7_3;
  }

  /** What a user should know of this form. */
  public Optional<String> advice() {
    return switch (form) {
      case D, B2 -> Optional.empty();
      case A, B ->
          Optional.of(
              "form "
                  + form.id()
                  + " lets whoever runs the loader change sizes and contents of maps under a valid"
                  + " signature; sign the object again");
      case C ->
          Optional.of(
              "form C runs only on kernels with a mark for exclusive maps (7.2, late 6.18), not on 7.3;"
                  + " sign the object again");
      case UNSIGNED ->
          Optional.of(
              "the loader was generated without signing in mind and lets whoever runs it change"
                  + " what it loads; sign the object again");
    };
  }

  /** The file's content. */
  public Bytes write() {
    SignedForm signed = new SignedForm(generation(), header.insns(), signature);
    return SignedProgramWriter.write(
        new SignedProgram(header.name(), header.data(), List.of(signed), Optional.empty()));
  }
}
