// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.IOException;
import java.util.List;
import org.bpfseal.signer.SignableUnit;
import org.bpfseal.signer.Signer;
import org.bpfseal.signer.SigningParameters;
import org.bpfseal.signer.key.KeyRefusedException;
import org.bpfseal.signer.key.SigningIdentity;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.cli.CommandFailure;

/** Signs inputs of any kind with keys that are at hand. */
record SigningMaker(KindOptions kind, SigningParameters how, List<SigningIdentity> signers)
    implements Maker {
  @Override
  public Made make(SignTask task) throws IOException, FormatException, CommandFailure {
    SignableUnit unit = kind.unit(task.input());
    try {
      Bytes output = Signer.sign(unit, how, signers);
      return new Made(
          output,
          unit.parts().stream().map(SignableUnit.Part::name).filter(n -> !n.isEmpty()).toList(),
          unit.warnings());
    } catch (KeyRefusedException e) {
      throw KeyFailure.of(e);
    }
  }
}
