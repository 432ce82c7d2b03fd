// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bpfseal.signer.key.DigestAlgorithm;
import org.bpfseal.signer.key.MlDsaSet;
import org.bpfseal.testing.Lab;
import org.bpfseal.verifier.CryptoModule;
import org.bpfseal.verifier.KernelMirror;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.KernelRelease;
import org.bpfseal.verifier.KeyringSelector;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.keyring.Keyring;
import org.bpfseal.verifier.program.SignedForm;
import org.bpfseal.verifier.program.SignedProgram;
import org.bpfseal.verifier.program.SignedProgramReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** ML-DSA keys; the JDK, which has its own implementation, verifies what was signed. */
class MlDsaTest {
  private static final Path KEYS = Lab.repository().resolve("keys-example");
  private static final Path OBJECT = Lab.vectors().resolve("objects/clang-19/socket-filter.bpf.o");

  @TempDir Path folder;

  static MlDsaIdentity identity(MlDsaSet set, Path folder) {
    MLDSAParameters parameters =
        switch (set) {
          case ML_DSA_44 -> MLDSAParameters.ml_dsa_44;
          case ML_DSA_65 -> MLDSAParameters.ml_dsa_65;
          case ML_DSA_87 -> MLDSAParameters.ml_dsa_87;
        };
    byte[] seed = DigestAlgorithm.SHA_256.digest(Bytes.utf8(set.id())).toArray();
    return new MlDsaIdentity(set, new MLDSAPrivateKeyParameters(parameters, seed), folder);
  }

  /** However the key is written down: the same signature, which the JDK and the kernel take. */
  @ParameterizedTest
  @EnumSource
  void signsPrograms(MlDsaSet set) throws Exception {
    MlDsaIdentity identity = identity(set, folder);
    Path certificate = identity.certificateFile();
    Bytes first = Bytes.EMPTY;
    for (MlDsaIdentity.Form form : MlDsaIdentity.Form.values()) {
      Path out = folder.resolve(form.name());
      Run run =
          Run.of(
              "sign",
              "--for",
              "7.3",
              "-k",
              identity.keyFile(form),
              "-i",
              certificate,
              "--out",
              out,
              OBJECT);
      assertThat(run.status()).as(run.err()).isZero();
      assertThat(run.err()).contains(set.id() + " is verified by kernels from 7.0 on");
      Bytes file = Bytes.owning(Files.readAllBytes(out.resolve("socket-filter.bpfs")));
      assertThat(first.isEmpty() || file.equals(first)).isTrue();
      first = file;
    }
    SignedProgram program = SignedProgramReader.read(first);
    SignedForm form = program.forms().getFirst();
    SignedData message = message(form.signature());
    assertThat(message.getDigestAlgorithms()).hasSize(1);
    SignerInfo info = SignerInfo.getInstance(message.getSignerInfos().getObjectAt(0));
    assertThat(info.getDigestAlgorithm().getAlgorithm()).isEqualTo(NISTObjectIdentifiers.id_sha512);
    assertThat(info.getDigestEncryptionAlgorithm()).isEqualTo(set.algorithm());
    Bytes payload = form.generation().payload(form.insns(), program.data());
    assertThat(verifies(identity, payload, info.getEncryptedDigest().getOctets())).isTrue();

    assertThat(judge(program, identity, KernelRelease.series(7, 3), true)).isEqualTo("OK");
    assertThat(judge(program, identity, KernelRelease.series(7, 3), false)).isNotEqualTo("OK");
  }

  private static boolean verifies(MlDsaIdentity identity, Bytes payload, byte[] value)
      throws Exception {
    Certificate certificate = Certificate.getInstance(identity.certificate().toArray());
    PublicKey key =
        KeyFactory.getInstance("ML-DSA")
            .generatePublic(
                new X509EncodedKeySpec(certificate.getSubjectPublicKeyInfo().getEncoded()));
    Signature signature = Signature.getInstance("ML-DSA");
    signature.initVerify(key);
    signature.update(payload.toArray());
    return signature.verify(value);
  }

  private static String judge(
      SignedProgram program, MlDsaIdentity identity, KernelRelease release, boolean module)
      throws Exception {
    KernelProfile profile = KernelProfile.debianCloud(release);
    KernelMirror mirror =
        KernelMirror.of(module ? profile.toBuilder().module(CryptoModule.MLDSA).build() : profile);
    Keyring.Builder ring = Keyring.named("ring");
    mirror.addKey(ring, identity.certificate());
    KeyringSelector given = new KeyringSelector.Given(ring.build());
    return mirror.judge(program.forms().getFirst(), program.data(), given).word();
  }

  /** The form for 6.18 only if it is asked for: of its kernels the oldest know no ML-DSA. */
  @Test
  void asksForWhichKernels() throws Exception {
    MlDsaIdentity identity = identity(MlDsaSet.ML_DSA_44, folder);
    Object[] words = {
      "sign",
      "-k",
      identity.keyFile(MlDsaIdentity.Form.SEED),
      "-i",
      identity.certificateFile(),
      "--out",
      folder.resolve("out"),
      OBJECT
    };
    Run both = Run.of(words);
    assertThat(both.status()).isEqualTo(2);
    assertThat(both.err()).contains("kernels know ML-DSA from 7.0 on", "hint: give --for 7.3");
    Object[] older = Arrays.copyOf(words, words.length + 2);
    older[words.length] = "--for";
    older[words.length + 1] = "6.18";
    assertThat(Run.of(older).status()).isZero();
    Bytes file =
        Bytes.owning(Files.readAllBytes(folder.resolve("out").resolve("socket-filter.bpfs")));
    SignedProgram program = SignedProgramReader.read(file);
    assertThat(judge(program, identity, KernelRelease.series(7, 0), true)).isEqualTo("OK");
    assertThat(judge(program, identity, KernelRelease.series(6, 18), true)).isEqualTo("ENOPKG");
  }

  /** Beside an RSA signer each names its own digest. */
  @Test
  void signsBesideAnotherKey() throws Exception {
    MlDsaIdentity identity = identity(MlDsaSet.ML_DSA_65, folder);
    Path input = Files.writeString(folder.resolve("manifest"), "bpfseal-manifest 1\n");
    Run run =
        Run.of(
            "sign",
            "--as",
            "data",
            "-k",
            KEYS.resolve("rsa.key"),
            "-i",
            KEYS.resolve("rsa.crt"),
            "-k",
            identity.keyFile(MlDsaIdentity.Form.BOTH),
            "-i",
            identity.certificateFile(),
            input);
    assertThat(run.status()).as(run.err()).isZero();
    SignedData message = message(Bytes.owning(Files.readAllBytes(folder.resolve("manifest.p7s"))));
    assertThat(message.getDigestAlgorithms()).hasSize(2);
    ASN1Set infos = message.getSignerInfos();
    assertThat(
            List.of(0, 1).stream()
                .map(i -> SignerInfo.getInstance(infos.getObjectAt(i)).getDigestAlgorithm())
                .toList())
        .doesNotHaveDuplicates();
  }

  /** What it makes elsewhere of the payload itself; a digest of it is nothing. */
  @ParameterizedTest
  @CsvSource({"payload, 0, ''", "digest, 1, digest --form payload"})
  void isAttached(String form, int status, String hint) throws Exception {
    MlDsaIdentity identity = identity(MlDsaSet.ML_DSA_87, folder);
    Path input = Files.writeString(folder.resolve("manifest"), "bpfseal-manifest 1\n");
    assertThat(Run.of("digest", "--as", "data", "--form", form, input).status()).isZero();
    Bytes toSign = Bytes.owning(Files.readAllBytes(folder.resolve("manifest." + form)));
    Files.write(folder.resolve("manifest.sig"), identity.sign(toSign).toArray());
    Run run = Run.of("attach", "--as", "data", "-i", identity.certificateFile(), input);
    assertThat(run.status()).as(run.out() + run.err()).isEqualTo(status);
    assertThat(run.out()).contains(hint);
  }

  /** A key wrapped at rest, and another's certificate. */
  @Test
  void isWrappedAndCompared() throws Exception {
    MlDsaIdentity identity = identity(MlDsaSet.ML_DSA_44, folder);
    Path key = identity.keyFile(MlDsaIdentity.Form.EXPANDED);
    Run inspect = Run.of("key", "inspect", "--key", key);
    assertThat(inspect.out()).contains("ML-DSA-44");
    Path password = Files.writeString(folder.resolve("password"), "correct horse\n");
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    Path keyset = folder.resolve("keyset");
    String source = "file:" + password;
    assertThat(Run.of("key", "keyset", "--out", keyset, "--keyset-password", source).status())
        .isZero();
    Path wrapped = folder.resolve("wrapped");
    String[] wrap = {"key", "wrap", "--keyset-password", source, "--keyset", keyset.toString()};
    assertThat(
            Run.of(
                    Stream.concat(Stream.of(wrap), Stream.of("--key", key, "--out", wrapped))
                        .toArray())
                .status())
        .isZero();
    Path input = Files.writeString(folder.resolve("manifest"), "bpfseal-manifest 1\n");
    String tink = "tink:" + wrapped + "?keyset=" + keyset;
    for (Object place : List.of(key, tink)) {
      Path out = folder.resolve(place.equals(key) ? "plain" : "tink");
      Object[] sign = {
        "sign", "--as", "data", "-k", place, "-i", identity.certificateFile(), "--out", out, input
      };
      Stream<Object> with = Stream.of("--key-password", source);
      assertThat(Run.of(Stream.concat(Stream.of(sign), with).toArray()).status()).isZero();
    }
    assertThat(folder.resolve("tink/manifest.p7s"))
        .hasSameBinaryContentAs(folder.resolve("plain/manifest.p7s"));
    Run mismatch = Run.of("sign", "--as", "data", "-k", key, "-i", KEYS.resolve("rsa.crt"), input);
    assertThat(mismatch.status()).isEqualTo(4);
    assertThat(mismatch.err()).contains("the key (ML-DSA-44) is not the key of certificate");
  }

  /** PKCS#8 of ML-DSA-44 with a content of another length or kind. */
  @ParameterizedTest
  @CsvSource({"801f, 31", "8021, 33", "048209ff, 2559", "04820a01, 2561", "0500, 0", "3000, 0"})
  void refusesAnotherLength(String header, int size) throws Exception {
    byte[] head = HexFormat.of().parseHex(header);
    byte[] content = Arrays.copyOf(head, head.length + size);
    byte[] der =
        new DERSequence(
                new ASN1Encodable[] {
                  new ASN1Integer(0), MlDsaSet.ML_DSA_44.algorithm(), new DEROctetString(content)
                })
            .getEncoded();
    Path key = Files.write(folder.resolve("key"), der);
    Run run = Run.of("key", "inspect", "--key", key);
    assertThat(run.status()).isEqualTo(4);
    assertThat(run.err()).contains("private key: DER at byte 0: expected PKCS#8");
  }

  private static SignedData message(Bytes der) {
    return SignedData.getInstance(ContentInfo.getInstance(der.toArray()).getContent());
  }
}
