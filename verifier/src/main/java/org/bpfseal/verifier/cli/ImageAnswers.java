// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.image.BundleJudge;
import org.bpfseal.verifier.image.BundleVerdict;
import org.bpfseal.verifier.image.Image;
import org.bpfseal.verifier.image.ImageReader;
import org.bpfseal.verifier.image.ProgramVerdict;

/** The answers to a preload image: its manifest, then each program. */
final class ImageAnswers {
  private ImageAnswers() {}

  static List<Answer> of(
      Path file, Bytes bytes, List<KernelTrust> kernels, Optional<Bytes> loader, long leastVersion)
      throws FormatException {
    Image image = ImageReader.read(bytes, InputLimit.bytes());
    List<Answer> answers = new ArrayList<>();
    for (KernelTrust kernel : kernels) {
      BundleVerdict bundle =
          BundleJudge.judge(image, kernel.mirror().profile(), kernel.keys(), loader)
              .atLeast(leastVersion);
      answers.add(
          new Answer(
              file,
              "manifest version " + bundle.manifest().version(),
              kernel.release(),
              bundle.signature(),
              kernel.signer(bundle.message()),
              kernel.keyring().text(),
              bundle.findings(),
              bundle.advice(),
              bundle.guarantees()));
      for (ProgramVerdict program : bundle.programs()) {
        answers.add(
            new Answer(
                file,
                program.name(),
                kernel.release(),
                program.verdict(),
                Optional.empty(),
                bundle.manifest().keyring().text(),
                program.findings(),
                program.advice(),
                program.guarantees()));
      }
    }
    return answers;
  }
}
