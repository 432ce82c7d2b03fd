// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bpfseal.verifier.bytes.Bytes;

/** A file of certificates: DER, or PEM blocks with other text between them (RFC 7468). */
final class CertificateFile {
  private static final int LIMIT = 1 << 20;
  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN CERTIFICATE-----\\s([A-Za-z0-9+/=\\s]+)-----END CERTIFICATE-----");

  private CertificateFile() {}

  /** The certificates' DER; what is in it is the kernel mirror's to judge. */
  static List<Bytes> read(Path file) throws IOException, CommandFailure {
    Bytes content = InputFile.read(file, LIMIT);
    if (!content.isEmpty() && content.at(0) == 0x30) {
      return List.of(content);
    }
    List<Bytes> found = new ArrayList<>();
    Matcher blocks = BLOCK.matcher(content.toUtf8());
    while (blocks.find()) {
      try {
        found.add(Bytes.owning(Base64.getMimeDecoder().decode(blocks.group(1))));
      } catch (IllegalArgumentException e) {
        throw new CommandFailure(ExitCode.UNREADABLE, file + ": damaged base64 in a certificate");
      }
    }
    if (found.isEmpty()) {
      throw new CommandFailure(
          ExitCode.UNREADABLE,
          file + ": no certificate, neither DER nor PEM",
          content.toUtf8().contains("-----BEGIN")
              ? "--cert wants BEGIN CERTIFICATE, not a key"
              : "");
    }
    return found;
  }
}
