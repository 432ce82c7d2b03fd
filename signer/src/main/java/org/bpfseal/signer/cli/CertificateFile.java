// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.bpfseal.signer.key.CertificateReader;
import org.bpfseal.signer.key.KeyRefusedException;
import org.bpfseal.signer.key.SigningCertificate;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.InputFile;
import org.bpfseal.verifier.cli.Launcher;

/** Opens a certificate's file. */
final class CertificateFile {
  private CertificateFile() {}

  static SigningCertificate read(Path file) throws CommandFailure {
    try {
      return CertificateReader.read(InputFile.read(file, CertificateReader.LIMIT));
    } catch (KeyRefusedException e) {
      throw KeyFailure.of("certificate " + file, e);
    } catch (FormatException e) {
      throw new CommandFailure(ExitCode.UNREADABLE, file + ": " + e.getMessage());
    } catch (IOException e) {
      throw Launcher.failureOf(e);
    }
  }
}
