// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfseal.signer.SignableUnit;
import org.bpfseal.signer.Signature;
import org.bpfseal.signer.SignatureValue;
import org.bpfseal.signer.Signer;
import org.bpfseal.signer.SigningParameters;
import org.bpfseal.signer.key.KeyRefusedException;
import org.bpfseal.signer.key.SigningCertificate;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.InputFile;

/**
 * Completes inputs with signatures from files.
 *
 * @param files one for each part and certificate in order; none if they are in {@code directory}
 */
record AttachingMaker(
    KindOptions kind,
    SigningParameters how,
    List<SigningCertificate> signers,
    List<Path> files,
    Optional<Path> directory)
    implements Maker {
  /** An ML-DSA-87 signature has 4627 bytes, one of RSA-16384 2048. */
  private static final int LIMIT = 8192;

  @Override
  public Made make(SignTask task) throws IOException, FormatException, CommandFailure {
    SignableUnit unit = kind.unit(task.input());
    List<SignableUnit.Part> parts = unit.parts();
    List<Path> sources = sources(task, parts);
    List<Signature> signatures = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      List<SignatureValue> values = new ArrayList<>();
      for (int j = 0; j < signers.size(); j++) {
        Path source = sources.get(i * signers.size() + j);
        values.add(new SignatureValue(signers.get(j), InputFile.read(source, LIMIT)));
      }
      try {
        signatures.add(Signer.attach(how, parts.get(i).payload(), values));
      } catch (KeyRefusedException e) {
        String part = parts.get(i).name().isEmpty() ? "" : parts.get(i).name() + ": ";
        throw new CommandFailure(ExitCode.REFUSED, part + e.getMessage(), e.hint());
      }
    }
    return new Made(
        unit.complete(signatures),
        parts.stream().map(SignableUnit.Part::name).filter(name -> !name.isEmpty()).toList());
  }

  private List<Path> sources(SignTask task, List<SignableUnit.Part> parts) throws CommandFailure {
    if (files.isEmpty()) {
      return parts.stream()
          .map(part -> PartFile.of(task.input(), directory, part.name(), "sig"))
          .toList();
    }
    int needed = parts.size() * signers.size();
    if (files.size() != needed) {
      throw new CommandFailure(
          ExitCode.USAGE, "needs " + needed + " signatures, and has " + files.size());
    }
    return files;
  }
}
