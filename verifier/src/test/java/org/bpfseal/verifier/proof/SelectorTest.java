// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfseal.verifier.proof.CheckLab.NEW;
import static org.bpfseal.verifier.proof.CheckLab.PROGRAM;
import static org.bpfseal.verifier.proof.CheckLab.ROOT;
import static org.bpfseal.verifier.proof.CheckLab.by;
import static org.bpfseal.verifier.proof.CheckLab.ring;
import static org.bpfseal.verifier.proof.CheckLab.signer;

import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.CryptoModule;
import org.bpfseal.verifier.KernelFeature;
import org.bpfseal.verifier.KernelMirror;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.KernelRelease;
import org.bpfseal.verifier.KeyringSelector;
import org.bpfseal.verifier.LoadRequest;
import org.bpfseal.verifier.SystemKeyring;
import org.bpfseal.verifier.Usage;
import org.bpfseal.verifier.Verdict;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.keyring.KeyState;
import org.bpfseal.verifier.keyring.Keyring;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which keyring an id means: certs/system_keyring.c and lookup_user_key(). */
class SelectorTest {
  private static final Bytes MESSAGE = by(signer(ROOT)).make();
  private static final Keyring ROOTS = ring(NEW, ROOT);

  private static String load(KernelProfile profile, int id) {
    LoadRequest request = LoadRequest.of(PROGRAM, MESSAGE, new KeyringSelector.Id(id));
    return CheckLab.load(profile, request).word();
  }

  private static KernelProfile holding(SystemKeyring which, KernelFeature... missing) {
    return NEW.toBuilder().keyring(which, ROOTS).without(missing).build();
  }

  /** The keyring that holds the signer, the id that is passed, and the answer. */
  @ParameterizedTest
  @CsvSource({
    "BUILTIN, 0, OK",
    "BUILTIN, 1, OK",
    "BUILTIN, 2, ENOKEY",
    "SECONDARY, 0, ENOKEY",
    "SECONDARY, 1, OK",
    "SECONDARY, 2, ENOKEY",
    "MACHINE, 0, ENOKEY",
    "MACHINE, 1, OK",
    "PLATFORM, 1, ENOKEY",
    "PLATFORM, 2, OK",
    "BPF, -9, EINVAL",
    "REVOKED, 0, ENOKEY",
    "BUILTIN, 3, EINVAL",
    "BUILTIN, -1, EINVAL",
    "BUILTIN, -3, ENOKEY",
    "BUILTIN, -4, ENOKEY",
    "BUILTIN, -5, ENOKEY",
    "BUILTIN, -6, EINVAL",
  })
  void ids(SystemKeyring which, int id, String word) {
    assertThat(load(holding(which), id)).isEqualTo(word);
  }

  @Test
  void buildOptionsThatChangeThem() {
    assertThat(load(holding(SystemKeyring.SECONDARY, KernelFeature.SECONDARY_KEYRING), 1))
        .isEqualTo("ENOKEY");
    assertThat(load(holding(SystemKeyring.BUILTIN, KernelFeature.SECONDARY_KEYRING), 1))
        .isEqualTo("OK");
    assertThat(load(holding(SystemKeyring.MACHINE, KernelFeature.MACHINE_KEYRING), 1))
        .isEqualTo("ENOKEY");
    assertThat(load(holding(SystemKeyring.PLATFORM, KernelFeature.PLATFORM_KEYRING), 2))
        .isEqualTo("ENOKEY");
    KernelProfile bpf =
        holding(SystemKeyring.BPF).toBuilder().with(KernelFeature.BPF_KEYRING).build();
    assertThat(load(bpf, KeyringSelector.BPF_ID)).isEqualTo("OK");
    assertThat(load(bpf, 0)).isEqualTo("ENOKEY");
  }

  @Test
  void serialNumbersAndSpecialKeyrings() {
    KernelProfile profile = NEW.toBuilder().keyring(1234, ROOTS).keyring(-1, ROOTS).build();
    assertThat(load(profile, 1234)).isEqualTo("OK");
    assertThat(load(profile, 1235)).isEqualTo("EINVAL");
    assertThat(load(profile, -1)).isEqualTo("OK");
  }

  /** A revocation needs its feature, and a key that vouches for the message. */
  @Test
  void revocation() {
    KernelProfile revoking = holding(SystemKeyring.REVOKED);
    KernelProfile on = revoking.toBuilder().with(KernelFeature.REVOCATION_LIST).build();
    assertThat(CheckLab.load(revoking, MESSAGE, ROOTS).word()).isEqualTo("OK");
    assertThat(CheckLab.load(on, MESSAGE, ROOTS).word()).isEqualTo("EKEYREJECTED");
    KernelProfile nothing = NEW.toBuilder().with(KernelFeature.REVOCATION_LIST).build();
    assertThat(CheckLab.load(nothing, MESSAGE, ROOTS).word()).isEqualTo("OK");
  }

  @ParameterizedTest
  @CsvSource({"VALID, OK", "INVALIDATED, ENOKEY", "REVOKED, EKEYREVOKED", "EXPIRED, EKEYEXPIRED"})
  void statesOfTheKeyring(KeyState state, String word) {
    Keyring ring = ROOTS.toBuilder().state(state).build();
    assertThat(CheckLab.load(NEW, MESSAGE, ring).word()).isEqualTo(word);
    KeyringSelector selector = new KeyringSelector.Given(ring);
    assertThat(KernelMirror.of(NEW).kfunc(PROGRAM, MESSAGE, selector).word()).isEqualTo(word);
  }

  /** MODULE: no attributes. FIRMWARE: attributes. KEXEC_PE: Authenticode's content. */
  @ParameterizedTest
  @CsvSource({
    "MODULE, false, OK",
    "MODULE, true, EKEYREJECTED",
    "FIRMWARE, false, EKEYREJECTED",
    "FIRMWARE, true, OK",
    "KEXEC_PE, false, EKEYREJECTED",
    "KEXEC_PE, true, EKEYREJECTED",
    "UNSPECIFIED, false, OK",
    "UNSPECIFIED, true, OK",
    "BPF, false, OK",
    "BPF, true, OK",
  })
  void usages(Usage usage, boolean attributes, String word) {
    MessageRecipe.Signer with =
        signer(ROOT).attributes(MessageRecipe.contentType(), MessageRecipe.messageDigest(PROGRAM));
    MessageRecipe message = by(attributes ? with : signer(ROOT));
    assertThat(CheckLab.verify(NEW, message, usage).word()).isEqualTo(word);
    // The waiver is for ML-DSA alone.
    KernelProfile waiving = CheckLab.with(KernelFeature.MLDSA_ATTRIBUTES_WAIVED);
    assertThat(CheckLab.verify(waiving, message, usage).word()).isEqualTo(word);
  }

  @Test
  void contentInsideIsUsedWhereNoneIsGiven() {
    Bytes carrying = by(signer(ROOT)).carryingContent().make();
    KeyringSelector given = new KeyringSelector.Given(ROOTS);
    KernelMirror mirror = KernelMirror.of(NEW);
    assertThat(mirror.verify(Optional.empty(), carrying, given, Usage.BPF).word()).isEqualTo("OK");
    assertThat(mirror.verify(Optional.of(PROGRAM), carrying, given, Usage.BPF).word())
        .isEqualTo("EBADMSG");
    assertThat(mirror.verify(Optional.empty(), MESSAGE, given, Usage.BPF).word())
        .isEqualTo("EKEYREJECTED");
    Bytes ofNothing = MessageRecipe.of(Bytes.EMPTY, signer(ROOT)).make();
    assertThat(mirror.verify(Optional.empty(), ofNothing, given, Usage.BPF).word()).isEqualTo("OK");
    assertThat(mirror.profile()).isSameAs(NEW);
  }

  /** The blacklist's hash of a certificate: its own up to 6.19, SHA-256 since 7.0. */
  @ParameterizedTest
  @CsvSource({
    "6.19, SHA384, EKEYREJECTED",
    "6.19, SHA256, OK",
    "7.0, SHA256, EKEYREJECTED",
    "7.0, SHA384, OK",
  })
  void blacklistedCertificate(String release, Hash listed, String word) {
    CertificateRecipe usual = CertificateRecipe.root(CheckLab.RSA);
    Certificate certificate =
        new CertificateRecipe(
                CheckLab.RSA,
                usual.issuer(),
                Hash.SHA384,
                usual.subject(),
                usual.publicKey(),
                usual.validity(),
                usual.extensions())
            .make();
    Bytes tbs = Encoding.of(certificate.tree().nodes().getFirst());
    KernelProfile profile =
        KernelProfile.debianCloud(KernelRelease.parse(release).orElseThrow()).toBuilder()
            .blacklist("tbs:" + listed.of(tbs).toHex())
            .build();
    assertThat(CheckLab.add(profile, certificate.der()).word()).isEqualTo(word);
    assertThat(
            KernelMirror.of(profile)
                .addKeys(Keyring.named("two"), List.of(certificate.der(), ROOT.der())))
        .extracting(result -> result.verdict().word())
        .containsExactly(word, "OK");
  }

  /** The parsers know ML-DSA's OIDs since 7.0; Debian builds it nowhere. */
  @ParameterizedTest
  @CsvSource({"44, 6.18, ENOPKG", "65, 6.19, ENOPKG", "87, 6.18, ENOPKG", "44, 7.0, ENOENT"})
  void mlDsaOfCertificates(int level, String release, String word) {
    LabKey key = CheckLab.KEYS.key("mldsa " + level + " 0");
    KernelProfile profile = KernelProfile.debianCloud(KernelRelease.parse(release).orElseThrow());
    assertThat(CheckLab.add(profile, CertificateRecipe.root(key).make().der()).word())
        .isEqualTo(word);
    // Its key alone, under a signature that every release knows.
    Bytes issued =
        CertificateRecipe.issuedBy(ROOT, CheckLab.OTHER_RSA)
            .publicKey(key.publicKey())
            .make()
            .der();
    assertThat(CheckLab.add(profile, issued).word()).isEqualTo(word.equals("ENOENT") ? "OK" : word);
    // Its signature alone.
    Bytes message = by(signer(ROOT).algorithm(key.messageAlgorithm(Hash.SHA256))).make();
    assertThat(CheckLab.load(profile, message, ring(profile, ROOT)).word())
        .isEqualTo(word.equals("ENOENT") ? "EKEYREJECTED" : word);
  }

  /** Attributes, a usage, a digest and the waiver; ML-DSA over attributes needs SHA-512. */
  @ParameterizedTest
  @CsvSource({
    "44, MODULE, SHA512, false, EKEYREJECTED",
    "44, MODULE, SHA512, true, OK",
    "65, MODULE, SHA512, true, OK",
    "87, BPF, SHA512, false, OK",
    "44, BPF, SHA384, false, EKEYREJECTED",
  })
  void mlDsaWithAttributes(int level, Usage usage, Hash hash, boolean waived, String word) {
    KernelProfile.Builder builder = NEW.toBuilder().module(CryptoModule.MLDSA);
    KernelProfile profile =
        waived ? builder.with(KernelFeature.MLDSA_ATTRIBUTES_WAIVED).build() : builder.build();
    Certificate root = CertificateRecipe.root(CheckLab.KEYS.key("mldsa " + level + " 0")).make();
    Node digest = MessageRecipe.attribute("1.2.840.113549.1.9.4", Der.octets(hash.of(PROGRAM)));
    MessageRecipe message =
        by(signer(root).hash(hash).attributes(MessageRecipe.contentType(), digest));
    Verdict verdict =
        KernelMirror.of(profile)
            .verify(
                Optional.of(PROGRAM),
                message.make(),
                new KeyringSelector.Given(ring(profile, root)),
                usage);
    assertThat(verdict.word()).isEqualTo(word);
  }
}
