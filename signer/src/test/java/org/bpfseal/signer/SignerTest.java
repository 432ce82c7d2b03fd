// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.util.ASN1Dump;
import org.bpfseal.signer.key.CertificateReader;
import org.bpfseal.signer.key.DigestAlgorithm;
import org.bpfseal.signer.key.KeyReader;
import org.bpfseal.signer.key.SigningIdentity;
import org.bpfseal.verifier.bytes.Bytes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignerTest {
  private static final Bytes PAYLOAD = Bytes.utf8("instructions and blob");

  @TempDir static Path folder;
  private static OpenSsl openssl;

  @BeforeAll
  static void makeKeys() throws Exception {
    openssl = new OpenSsl(folder);
    for (String bits : List.of("1024", "2048", "3072", "4096")) {
      openssl.identity("rsa" + bits, "RSA", "-pkeyopt", "rsa_keygen_bits:" + bits);
    }
    for (String curve : List.of("P-256", "P-384", "P-521")) {
      openssl.identity(curve, "EC", "-pkeyopt", "ec_paramgen_curve:" + curve);
    }
  }

  @BeforeEach
  void writePayload() throws Exception {
    Files.write(folder.resolve("payload"), PAYLOAD.toArray());
  }

  @ParameterizedTest
  @CsvSource({
    "rsa1024, SHA_256",
    "rsa2048, SHA_256",
    "rsa2048, SHA_384",
    "rsa2048, SHA_512",
    "rsa3072, SHA_256",
    "rsa3072, SHA_512",
    "rsa4096, SHA_256",
    "rsa4096, SHA_384"
  })
  void rsaEqualsOpenSsl(String name, DigestAlgorithm digest) throws Exception {
    assertThat(sign(name, digest)).isEqualTo(signedByOpenSsl(name, digest));
  }

  @ParameterizedTest
  @CsvSource({
    "P-256, SHA_256",
    "P-256, SHA_512",
    "P-384, SHA_256",
    "P-384, SHA_384",
    "P-521, SHA_256",
    "P-521, SHA_512"
  })
  void ecIsVerifiedByOpenSslAndShapedLikeIts(String name, DigestAlgorithm digest) throws Exception {
    Bytes signature = sign(name, digest);
    Files.write(folder.resolve("ours.p7s"), signature.toArray());
    openssl.run(
        "cms",
        "-verify",
        "-binary",
        "-inform",
        "DER",
        "-in",
        "ours.p7s",
        "-content",
        "payload",
        "-certfile",
        name + ".crt",
        "-noverify",
        "-out",
        "content");
    assertThat(shape(signature)).isEqualTo(shape(signedByOpenSsl(name, digest)));
  }

  @ParameterizedTest
  @CsvSource({"rsa2048", "P-256", "P-384", "P-521"})
  void signsTheSameBytesTwice(String name) throws Exception {
    assertThat(sign(name, DigestAlgorithm.SHA_256)).isEqualTo(sign(name, DigestAlgorithm.SHA_256));
  }

  @Test
  void digestIsSha256UnlessAsked() throws Exception {
    SignRequest request = SignRequest.builder(PAYLOAD, identity("rsa2048")).build();
    assertThat(request.digest()).isEqualTo(DigestAlgorithm.SHA_256);
  }

  private static Bytes sign(String name, DigestAlgorithm digest) throws Exception {
    return Signer.sign(SignRequest.builder(PAYLOAD, identity(name)).digest(digest).build()).der();
  }

  private static SigningIdentity identity(String name) throws Exception {
    return SigningIdentity.of(
        KeyReader.read(openssl.read(name + ".key")),
        CertificateReader.read(openssl.read(name + ".crt")));
  }

  private static Bytes signedByOpenSsl(String name, DigestAlgorithm digest) throws Exception {
    openssl.run(
        "cms",
        "-sign",
        "-binary",
        "-noattr",
        "-nocerts",
        "-keyid",
        "-nosmimecap",
        "-md",
        digest.id(),
        "-outform",
        "DER",
        "-signer",
        name + ".crt",
        "-inkey",
        name + ".key",
        "-in",
        "payload",
        "-out",
        "peer.p7s");
    return openssl.read("peer.p7s");
  }

  /** All of the structure but the value of the signature, which is OpenSSL's last octet string. */
  private static List<String> shape(Bytes der) throws Exception {
    List<String> lines =
        new ArrayList<>(
            ASN1Dump.dumpAsString(ASN1Primitive.fromByteArray(der.toArray())).lines().toList());
    int last = lines.size() - 1;
    assertThat(lines.get(last)).contains("DER Octet String");
    lines.remove(last);
    return lines;
  }
}
