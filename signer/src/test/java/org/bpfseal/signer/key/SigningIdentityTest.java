// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Instant;
import org.bpfseal.signer.OpenSsl;
import org.bpfseal.verifier.bytes.FormatException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SigningIdentityTest {
  @TempDir static Path folder;
  private static OpenSsl openssl;

  @BeforeAll
  static void makeKeys() throws Exception {
    openssl = new OpenSsl(folder);
    openssl.identity("rsa", "RSA", "-pkeyopt", "rsa_keygen_bits:2048");
    openssl.identity("other", "RSA", "-pkeyopt", "rsa_keygen_bits:2048");
    openssl.identity("weak", "RSA", "-pkeyopt", "rsa_keygen_bits:1024");
    openssl.identity("ec", "EC", "-pkeyopt", "ec_paramgen_curve:P-256");
    openssl.key("bare", "EC", "-pkeyopt", "ec_paramgen_curve:P-256");
    openssl.certificate("bare", "subjectKeyIdentifier=none");
    openssl.identity("edwards", "ED25519");
    openssl.identity("pss", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048");
    openssl.run("x509", "-in", "rsa.crt", "-outform", "DER", "-out", "rsa.der");
  }

  @ParameterizedTest
  @CsvSource({"rsa, rsa.crt", "rsa, rsa.der", "ec, ec.crt"})
  void takesTheKeysOwnCertificate(String key, String certificate) throws Exception {
    SigningIdentity identity = identity(key, certificate);
    assertThat(identity.certificate().skid().size()).isEqualTo(20);
    assertThat(identity.toString()).isEqualTo("CN=" + key + " (" + describe(key) + ")");
    assertThat(identity.advice(Instant.now())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "rsa, other.crt, is not the key of certificate \"CN=other\"",
    "rsa, ec.crt, is not the key of certificate",
    "ec, bare.crt, without a subject key identifier",
    "ec, edwards.crt, an Ed25519 key",
    "rsa, pss.crt, bound to PSS"
  })
  void refusesOtherCertificates(String key, String certificate, String problem) {
    KeyRefusedException refusal =
        catchThrowableOfType(KeyRefusedException.class, () -> identity(key, certificate));
    assertThat(refusal).hasMessageContaining(problem);
    assertThat(refusal.hint()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"rsa.key", "payload"})
  void saysWhatIsNoCertificate(String file) throws Exception {
    openssl.run("rand", "-out", "payload", "100");
    FormatException failure =
        catchThrowableOfType(
            FormatException.class, () -> CertificateReader.read(openssl.read(file)));
    assertThat(failure).hasMessageStartingWith("certificate: ");
  }

  @Test
  void advisesAgainstAWeakKey() throws Exception {
    assertThat(identity("weak", "weak.crt").advice(Instant.now()))
        .singleElement()
        .asString()
        .startsWith("RSA-1024 is weak");
  }

  private static String describe(String key) throws Exception {
    return KeyReader.read(openssl.read(key + ".key")).publicKey().describe();
  }

  private static SigningIdentity identity(String key, String certificate) throws Exception {
    return SigningIdentity.of(
        KeyReader.read(openssl.read(key + ".key")),
        CertificateReader.read(openssl.read(certificate)));
  }
}
