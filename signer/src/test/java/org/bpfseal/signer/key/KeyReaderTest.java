// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bpfseal.signer.OpenSsl;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class KeyReaderTest {
  @TempDir static Path folder;
  private static OpenSsl openssl;

  @BeforeAll
  static void makeKeys() throws Exception {
    openssl = new OpenSsl(folder);
    openssl.key("rsa", "RSA", "-pkeyopt", "rsa_keygen_bits:2048");
    openssl.key("ec", "EC", "-pkeyopt", "ec_paramgen_curve:P-256");
    openssl.run(
        "pkcs8", "-topk8", "-nocrypt", "-in", "rsa.key", "-outform", "DER", "-out", "rsa.p8");
    openssl.run("rsa", "-traditional", "-in", "rsa.key", "-out", "rsa.pkcs1");
    openssl.run(
        "rsa", "-traditional", "-in", "rsa.key", "-outform", "DER", "-out", "rsa.pkcs1.der");
    openssl.run("pkcs8", "-topk8", "-nocrypt", "-in", "ec.key", "-outform", "DER", "-out", "ec.p8");
    openssl.run("ec", "-in", "ec.key", "-out", "ec.sec1");
    openssl.run("ec", "-in", "ec.key", "-outform", "DER", "-out", "ec.sec1.der");
    openssl.run("ecparam", "-genkey", "-name", "secp384r1", "-out", "params-and-key");
  }

  @ParameterizedTest
  @CsvSource({
    "rsa.key, RSA-2048",
    "rsa.p8, RSA-2048",
    "rsa.pkcs1, RSA-2048",
    "rsa.pkcs1.der, RSA-2048",
    "ec.key, EC P-256",
    "ec.p8, EC P-256",
    "ec.sec1, EC P-256",
    "ec.sec1.der, EC P-256",
    "params-and-key, EC P-384"
  })
  void readsEveryForm(String file, String kind) throws Exception {
    SigningKey key = KeyReader.read(openssl.read(file));
    assertThat(key.publicKey().describe()).isEqualTo(kind);
    if (!file.startsWith("params")) {
      String original = file.startsWith("rsa") ? "rsa.key" : "ec.key";
      assertThat(key.publicKey()).isEqualTo(KeyReader.read(openssl.read(original)).publicKey());
    }
    assertThat(key.toString()).isEqualTo(kind + " private key");
  }

  @Test
  void findsTheKeyBehindACertificate() throws Exception {
    openssl.certificate("rsa", "subjectKeyIdentifier=hash");
    Bytes both = Bytes.concat(openssl.read("rsa.crt"), openssl.read("rsa.key"));
    assertThat(KeyReader.read(both).publicKey())
        .isEqualTo(CertificateReader.read(both).publicKey());
  }

  static Stream<Arguments> refusedKeys() {
    return Stream.of(
        Arguments.of("Ed25519", List.of("ED25519"), "Ed25519"),
        Arguments.of("Ed448", List.of("ED448"), "Ed448"),
        Arguments.of("PSS", List.of("RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048"), "bound to PSS"),
        Arguments.of("X25519", List.of("X25519"), "1.3.101.110"),
        Arguments.of("RSA-2560", List.of("RSA", "-pkeyopt", "rsa_keygen_bits:2560"), "2560 bits"),
        Arguments.of("RSA-2040", List.of("RSA", "-pkeyopt", "rsa_keygen_bits:2040"), "2040 bits"),
        Arguments.of("RSA-512", List.of("RSA", "-pkeyopt", "rsa_keygen_bits:512"), "512 bits"),
        Arguments.of(
            "secp256k1",
            List.of("EC", "-pkeyopt", "ec_paramgen_curve:secp256k1"),
            "EC key on 1.3.132.0.10"),
        Arguments.of(
            "explicit curve",
            List.of(
                "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-pkeyopt", "ec_param_enc:explicit"),
            "no named curve"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusedKeys")
  void refusesWhatTheKernelCannotVerifyWith(String name, List<String> algorithm, String problem)
      throws Exception {
    openssl.key("refused", algorithm.toArray(String[]::new));
    assertRefused(openssl.read("refused.key"), problem);
  }

  @ParameterizedTest
  @CsvSource({
    "pkcs8 -topk8 -in rsa.key -passout pass:secretword -out encrypted",
    "pkcs8 -topk8 -in rsa.key -passout pass:secretword -outform DER -out encrypted",
    "rsa -traditional -aes128 -in rsa.key -passout pass:secretword -out encrypted",
    "ec -aes128 -in ec.key -passout pass:secretword -out encrypted"
  })
  void refusesEncryptedKeysWithoutPassword(String words) throws Exception {
    openssl.run(words.split(" "));
    assertRefused(openssl.read("encrypted"), "an encrypted key, and no password");
  }

  @Test
  void refusesPkcs12() throws Exception {
    openssl.certificate("ec", "subjectKeyIdentifier=hash");
    openssl.run(
        "pkcs12",
        "-export",
        "-inkey",
        "ec.key",
        "-in",
        "ec.crt",
        "-passout",
        "pass:x",
        "-out",
        "ec.p12");
    assertRefused(openssl.read("ec.p12"), "a PKCS#12 file");
  }

  @ParameterizedTest
  @CsvSource({
    "'', 'private key: DER at byte 0'",
    "'hello', 'private key: DER at byte 0'",
    "'-----BEGIN CERTIFICATE-----;-----END CERTIFICATE-----', 'found CERTIFICATE'",
    "'x;-----BEGIN PRIVATE KEY-----;AAAA', 'PEM: PRIVATE KEY at byte 34'",
    "'x;-----BEGIN PRIVATE KEY-----;*;-----END PRIVATE KEY-----', 'PRIVATE KEY at byte 2'",
    "'-----BEGIN PRIVATE KEY-----;AAAA;-----END EC PRIVATE KEY-----', 'another boundary'",
    "'-----BEGIN PRIVATE KEY-----;AAAA;-----END PRIVATE KEY-----', 'DER at byte 0'"
  })
  void saysWhereAFileIsMalformed(String text, String message) {
    FormatException failure =
        catchThrowableOfType(
            FormatException.class, () -> KeyReader.read(Bytes.utf8(text.replace(';', '\n'))));
    assertThat(failure).hasMessageContaining(message);
  }

  /** Damage at every byte: either a key or one of two exceptions, and never a part of the key. */
  @ParameterizedTest
  @CsvSource({"rsa.p8", "rsa.pkcs1.der", "ec.p8", "ec.sec1.der"})
  void damageNeverShowsTheKey(String file) throws Exception {
    byte[] good = openssl.read(file).toArray();
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= 0x55;
      Throwable thrown = catchThrowable(() -> KeyReader.read(Bytes.owning(bad)).toString());
      if (thrown != null) {
        assertThat(thrown).isInstanceOfAny(FormatException.class, KeyRefusedException.class);
        assertThat(thrown.getCause()).isNull();
        assertThat(thrown.getMessage()).doesNotContainPattern("[0-9a-fA-F]{16}");
      }
    }
  }

  /** RFC 6979, appendix A.2.5: P-256, SHA-256, message "sample". */
  @Test
  void ecNonceIsThatOfRfc6979() throws Exception {
    SigningKey key =
        EcSigningKey.of(
            Curve.P_256,
            new BigInteger("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721", 16));
    Bytes signature =
        key.sign(
            DigestAlgorithm.SHA_256, Bytes.owning("sample".getBytes(StandardCharsets.US_ASCII)));
    assertThat(signature.toHex())
        .contains("efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716")
        .contains("f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8");
  }

  private static void assertRefused(Bytes file, String problem) {
    KeyRefusedException refusal =
        catchThrowableOfType(KeyRefusedException.class, () -> KeyReader.read(file));
    assertThat(refusal).hasMessageContaining(problem);
    assertThat(refusal.hint()).isNotEmpty();
  }
}
