// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.cli;

import java.util.Base64;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * A file with one certificate: PEM (RFC 7468) or DER. What is in the DER is the kernel's matter.
 */
final class CertificateFile {
  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
  private static final String END = "-----END CERTIFICATE-----";
  private static final int SEQUENCE = 0x30;

  private CertificateFile() {}

  static Bytes der(Bytes file) throws FormatException {
    if (!file.isEmpty() && file.at(0) == SEQUENCE) {
      return file;
    }
    String text = file.toUtf8();
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END, Math.max(begin, 0));
    if (begin < 0 || end < 0 || text.indexOf(BEGIN, end) >= 0) {
      throw new FormatException(
          "certificate",
          "file",
          0,
          "expected one certificate in PEM or DER, found none or several");
    }
    try {
      String body = text.substring(begin + BEGIN.length(), end).replaceAll("[\r\n]", "");
      return Bytes.owning(Base64.getDecoder().decode(body));
    } catch (IllegalArgumentException e) {
      throw new FormatException(
          "certificate", "PEM", 0, "expected base64, found " + e.getMessage());
    }
  }
}
