// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.x509.CertificateFileReader;

/**
 * A certificate that options give.
 *
 * @param file that holds it, perhaps among others
 */
record CertificateFile(Path file, Bytes der) {
  private static final int LIMIT = 1 << 20;
  private static final String ENDINGS = "*.{crt,cer,der,pem,x509}";

  /**
   * All certificates of a file, or of a directory's files whose names end as certificates' do, in
   * the order of their names.
   */
  static List<CertificateFile> read(Path path) throws IOException, FormatException, CommandFailure {
    if (!Files.isDirectory(path)) {
      return certificates(path);
    }
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path, ENDINGS)) {
      entries.forEach(files::add);
    }
    if (files.isEmpty()) {
      throw new CommandFailure(
          ExitCode.UNREADABLE,
          path + ": no certificate in this directory",
          "their names are " + ENDINGS);
    }
    List<CertificateFile> found = new ArrayList<>();
    for (Path file : files.stream().sorted().toList()) {
      found.addAll(certificates(file));
    }
    return found;
  }

  private static List<CertificateFile> certificates(Path file) throws IOException, CommandFailure {
    Bytes content = InputFile.read(file, LIMIT);
    try {
      return CertificateFileReader.read(content).stream()
          .map(der -> new CertificateFile(file, der))
          .toList();
    } catch (FormatException e) {
      throw new CommandFailure(ExitCode.UNREADABLE, file + ": " + e.getMessage());
    }
  }
}
