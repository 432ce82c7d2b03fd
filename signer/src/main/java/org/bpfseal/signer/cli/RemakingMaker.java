// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bpfseal.signer.SignableUnit;
import org.bpfseal.signer.Signature;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.InputFile;
import org.bpfseal.verifier.program.Generation;
import org.bpfseal.verifier.program.SignedForm;
import org.bpfseal.verifier.program.SignedProgram;
import org.bpfseal.verifier.program.SignedProgramReader;

/**
 * Makes a signed program again from its object, with the name, forms and signatures that it has: so
 * it can be compared without any key.
 *
 * @param direct whether it is to have no loader
 */
record RemakingMaker(LoaderOptions loader, boolean direct) implements Maker {
  private static final int LIMIT = 128 << 20;

  @Override
  public Made make(SignTask task) throws IOException, FormatException, CommandFailure {
    SignedProgram program = SignedProgramReader.read(InputFile.read(task.output(), LIMIT));
    List<Generation> generations = program.forms().stream().map(SignedForm::generation).toList();
    String name = loader.name.optional().orElseGet(program::name);
    boolean keep = program.object().isPresent();
    SignableUnit unit =
        direct
            ? loader.direct(task.input(), name, generations, true, keep)
            : loader.unit(task.input(), name, generations, keep);
    List<Signature> signatures = new ArrayList<>();
    program.forms().forEach(form -> signatures.add(new Signature(form.signature())));
    return new Made(unit.complete(signatures), generations.stream().map(Generation::id).toList());
  }
}
