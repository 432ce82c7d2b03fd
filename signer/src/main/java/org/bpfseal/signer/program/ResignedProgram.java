// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.program;

import java.util.ArrayList;
import java.util.List;
import org.bpfseal.signer.SignableUnit;
import org.bpfseal.signer.Signature;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.loader.Inventory;
import org.bpfseal.verifier.loader.LoaderForm;
import org.bpfseal.verifier.loader.LoaderReader;
import org.bpfseal.verifier.program.SignedForm;
import org.bpfseal.verifier.program.SignedProgram;

/** A signed program whose signatures are to be made anew; all else stays as it is. */
public final class ResignedProgram implements SignableUnit {
  private final SignedProgram program;

  private ResignedProgram(SignedProgram program) {
    this.program = program;
  }

  /**
   * Takes a program. One without a loader is taken as it is: its signature covers all that a form
   * holds.
   *
   * @throws FormatException if one of its loaders does anything else than loaders do, doesn't check
   *     the blob beside it, or lets its caller replace parts: a new signature would vouch for that
   */
  public static ResignedProgram of(SignedProgram program) throws FormatException {
    if (program.direct().isPresent()) {
      return new ResignedProgram(program);
    }
    for (SignedForm form : program.forms()) {
      Inventory inventory = LoaderReader.read(form.insns(), program.data());
      boolean bound =
          switch (form.generation()) {
            case V7_3 -> inventory.form() == LoaderForm.D;
            case V6_18 ->
                inventory.form().checksBlob()
                    && inventory.blobMatches()
                    && !inventory.form().callerMayReplace();
          };
      if (!bound) {
        throw new FormatException(
            "signed program",
            form.generation().id() + " / insns",
            0,
            "expected a loader that binds the blob beside it, found form "
                + inventory.form().id()
                + (inventory.blobMatches() ? "" : " of another blob"));
      }
    }
    return new ResignedProgram(program);
  }

  @Override
  public List<Part> parts() {
    return program.forms().stream()
        .map(
            form ->
                new Part(
                    form.generation().id(),
                    "the instructions as they are in the signed program",
                    form.generation().payload(form.insns(), program.data())))
        .toList();
  }

  @Override
  public Bytes complete(List<Signature> signatures) {
    List<SignedForm> forms = new ArrayList<>();
    for (int i = 0; i < program.forms().size(); i++) {
      SignedForm form = program.forms().get(i);
      forms.add(new SignedForm(form.generation(), form.insns(), signatures.get(i).der()));
    }
    return SignedProgramWriter.write(
        new SignedProgram(
            program.name(), program.data(), program.direct(), forms, program.object()));
  }
}
