// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.x509;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * Reads a file of certificates: one in DER, or PEM blocks with any text between them (RFC 7468).
 *
 * <p>What is in the DER is the kernel mirror's to judge.
 */
public final class CertificateFileReader {
  private static final String FORMAT = "certificate file";
  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
  private static final String END = "-----END CERTIFICATE-----";
  private static final int SEQUENCE = 0x30;

  private CertificateFileReader() {}

  /** True for what begins as DER, and for text with at least one PEM block. */
  public static boolean recognises(Bytes file) {
    return isDer(file) || text(file).contains(BEGIN);
  }

  /**
   * The certificates' DER, at least one.
   *
   * @throws FormatException if there is none, a block has no end, or its base64 is damaged
   */
  public static List<Bytes> read(Bytes file) throws FormatException {
    if (isDer(file)) {
      return List.of(file);
    }
    String text = text(file);
    List<Bytes> found = new ArrayList<>();
    int begin = text.indexOf(BEGIN);
    while (begin >= 0) {
      int block = begin + BEGIN.length();
      int end = text.indexOf(END, block);
      if (end < 0) {
        throw new FormatException(FORMAT, "PEM block", begin, "expected its end line, found none");
      }
      found.add(der(text.substring(block, end), begin));
      begin = text.indexOf(BEGIN, end);
    }
    if (found.isEmpty()) {
      String other = text.contains("-----BEGIN ") ? "PEM of another kind" : "neither DER nor PEM";
      throw new FormatException(FORMAT, "file", 0, "expected a certificate, found " + other);
    }
    return found;
  }

  /**
   * The DER of the only certificate.
   *
   * @throws FormatException as {@link #read}, and if there are several
   */
  public static Bytes readOne(Bytes file) throws FormatException {
    List<Bytes> found = read(file);
    if (found.size() > 1) {
      throw new FormatException(
          FORMAT, "file", 0, "expected one certificate, found " + found.size());
    }
    return found.getFirst();
  }

  private static Bytes der(String block, int offset) throws FormatException {
    try {
      return Bytes.owning(Base64.getDecoder().decode(block.replaceAll("\\s+", "")));
    } catch (IllegalArgumentException e) {
      throw new FormatException(
          FORMAT, "PEM block", offset, "expected base64, found " + e.getMessage());
    }
  }

  private static boolean isDer(Bytes file) {
    return !file.isEmpty() && file.at(0) == SEQUENCE;
  }

  /** One character a byte, so that places in the text are offsets. */
  private static String text(Bytes file) {
    return new String(file.toArray(), StandardCharsets.ISO_8859_1);
  }
}
