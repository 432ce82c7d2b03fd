// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of certificates: what is in the DER is no matter here. */
class CertificateFileReaderTest {
  private static final Bytes DER = Bytes.hex("3003020107");

  /** The base64 of {@link #DER}, and of 3003020108. */
  private static final String ONE = block("MAMCAQc=");

  private static final String OTHER = block("MAMC\nAQg=");

  private static String block(String base64) {
    return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
  }

  @Test
  void derIsTakenAsItIs() throws FormatException {
    assertThat(CertificateFileReader.recognises(DER)).isTrue();
    assertThat(CertificateFileReader.read(DER)).containsExactly(DER);
    assertThat(CertificateFileReader.readOne(DER)).isEqualTo(DER);
  }

  @Test
  void blocksAtTheBeginAndAfterOtherText() throws FormatException {
    Bytes file = Bytes.utf8(ONE + "subject=/CN=other\n" + OTHER);
    assertThat(CertificateFileReader.recognises(file)).isTrue();
    assertThat(CertificateFileReader.read(file)).containsExactly(DER, Bytes.hex("3003020108"));
    assertThat(CertificateFileReader.readOne(Bytes.utf8(ONE))).isEqualTo(DER);
    assertThat(CertificateFileReader.read(Bytes.utf8("text\n" + ONE))).containsExactly(DER);
  }

  @Test
  void nothingElseIsRecognised() {
    assertThat(CertificateFileReader.recognises(Bytes.EMPTY)).isFalse();
    assertThat(CertificateFileReader.recognises(Bytes.utf8("certificate"))).isFalse();
    assertThat(CertificateFileReader.recognises(Bytes.hex("31030201"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                                                | 0 | neither DER nor PEM
          text                                                              | 0 | neither DER nor PEM
          -----BEGIN PRIVATE KEY-----                                       | 0 | PEM of another kind
          abc-----BEGIN CERTIFICATE-----MAMCAQc=                            | 3 | expected its end line
          a-----BEGIN CERTIFICATE-----END CERTIFICATE-----                  | 1 | expected its end line
          abcd-----BEGIN CERTIFICATE-----MAM_-----END CERTIFICATE-----      | 4 | expected base64
          """)
  void refusals(String text, int offset, String reason) {
    FormatException refused =
        catchThrowableOfType(
            FormatException.class, () -> CertificateFileReader.read(Bytes.utf8(text)));
    assertThat(refused).hasMessageContaining(reason);
    assertThat(refused.offset()).isEqualTo(offset);
  }

  @Test
  void severalAreNotOne() {
    assertThat(
            catchThrowableOfType(
                FormatException.class,
                () -> CertificateFileReader.readOne(Bytes.utf8(ONE + OTHER))))
        .hasMessageContaining("expected one certificate, found 2");
  }
}
