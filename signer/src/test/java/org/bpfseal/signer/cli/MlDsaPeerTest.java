// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bpfseal.signer.key.MlDsaSet;
import org.bpfseal.testing.HostCommand;
import org.bpfseal.testing.Lab;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * OpenSSL's own key and certificate; its deterministic signature is ours. Its CMS can't sign or
 * verify without signed attributes with such a key (3.5), so the two halves are compared.
 */
@Tag("lab")
class MlDsaPeerTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void opensslSignsTheSame(MlDsaSet set) throws Exception {
    Path input = Files.writeString(folder.resolve("manifest"), "bpfseal-manifest 1\n");
    Path key = folder.resolve("key");
    Path certificate = folder.resolve("certificate");
    openssl("genpkey", "-algorithm", set.id(), "-out", key);
    openssl(
        "req",
        "-new",
        "-x509",
        "-key",
        key,
        "-subj",
        "/CN=peer",
        "-addext",
        "subjectKeyIdentifier=hash",
        "-days",
        "9",
        "-out",
        certificate);
    Path value = folder.resolve("manifest.sig");
    openssl(
        "pkeyutl",
        "-sign",
        "-rawin",
        "-inkey",
        key,
        "-in",
        input,
        "-pkeyopt",
        "deterministic:1",
        "-out",
        value);
    Run sign = Run.of("sign", "--as", "data", "-k", key, "-i", certificate, input);
    assertThat(sign.status()).as(sign.err()).isZero();
    byte[] ours = Files.readAllBytes(folder.resolve("manifest.p7s"));
    SignedData message = SignedData.getInstance(ContentInfo.getInstance(ours).getContent());
    SignerInfo info = SignerInfo.getInstance(message.getSignerInfos().getObjectAt(0));
    assertThat(value).hasBinaryContent(info.getEncryptedDigest().getOctets());
    Run attach = Run.of("attach", "--as", "data", "--force", "-i", certificate, input);
    assertThat(attach.status()).as(attach.out()).isZero();
    assertThat(folder.resolve("manifest.p7s")).hasBinaryContent(ours);
  }

  private void openssl(Object... words) throws Exception {
    Path configuration =
        Files.writeString(
            folder.resolve("openssl.cnf"), "[req]\ndistinguished_name = name\n[name]\n");
    HostCommand answer =
        HostCommand.run(
            Map.of("OPENSSL_CONF", configuration.toString()),
            Stream.concat(Stream.of(Lab.openssl()), Stream.of(words)).toArray());
    assertThat(answer.exitCode()).as(answer.text()).isZero();
  }
}
