// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bpfseal.signer.SignableUnit;
import org.bpfseal.signer.Signer;
import org.bpfseal.signer.cms.MessageForm;
import org.bpfseal.signer.file.KernelModule;
import org.bpfseal.signer.key.KeyRefusedException;
import org.bpfseal.signer.key.SigningIdentity;
import org.bpfseal.signer.program.ResignedProgram;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.InputFile;
import org.bpfseal.verifier.program.SignedProgram;
import org.bpfseal.verifier.program.SignedProgramReader;

/** Signs again what carries its signature in itself: signed programs and modules. */
record ResignMaker(MessageOptions message, FormerSigners former, List<SigningIdentity> signers)
    implements Maker {
  private static final int LIMIT = 256 << 20;

  static boolean isUsual(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(".bpfs") || name.endsWith(".ko");
  }

  static SignTask task(Path file, BatchOptions batch) {
    String name = String.valueOf(file.getFileName());
    Path place = batch.directory.optional().map(folder -> folder.resolve(name)).orElse(file);
    return new SignTask(file, name, place);
  }

  @Override
  public Made make(SignTask task) throws IOException, FormatException, CommandFailure {
    Bytes file = InputFile.read(task.input(), LIMIT);
    try {
      if (SignedProgramReader.recognises(file)) {
        SignedProgram program = SignedProgramReader.read(file);
        former.require(program);
        SignableUnit unit = ResignedProgram.of(program);
        Bytes output = Signer.sign(unit, message.parameters(MessageForm.KEY_ID), signers);
        return new Made(output, unit.parts().stream().map(SignableUnit.Part::name).toList());
      }
      if (KernelModule.isSigned(file)) {
        former.requireModule(file);
        SignableUnit unit = KernelModule.of(KernelModule.withoutSignature(file));
        return new Made(
            Signer.sign(unit, message.parameters(MessageForm.ISSUER_AND_SERIAL), signers),
            List.of());
      }
    } catch (KeyRefusedException e) {
      throw KeyFailure.of(e);
    }
    throw new CommandFailure(
        ExitCode.REFUSED,
        "neither a signed program nor a signed module",
        "a detached signature is made anew with bpf-sign sign --force");
  }
}
