// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.IOException;
import java.util.List;
import org.bpfseal.signer.SignRequest;
import org.bpfseal.signer.Signer;
import org.bpfseal.signer.key.DigestAlgorithm;
import org.bpfseal.signer.key.SigningIdentity;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.InputFile;

/** Signs whole files, whatever is in them. */
record DetachedMaker(SigningIdentity identity, DigestAlgorithm digest) implements Maker {
  private static final int LIMIT = 64 << 20;

  @Override
  public Made make(SignTask task) throws IOException, CommandFailure {
    Bytes payload = InputFile.read(task.input(), LIMIT);
    SignRequest request = SignRequest.builder(payload, identity).digest(digest).build();
    return new Made(Signer.sign(request).der(), List.of());
  }
}
