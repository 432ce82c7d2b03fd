// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.bpfseal.testing.FirmwareVariables;
import org.bpfseal.verifier.KernelMirror;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.SystemKeyring;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.keyring.Keyring;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Real kernels and the mirror answer alike where firmware brings a key and a blacklist: modules,
 * loads and the kfunc with the platform keyring, and what is blacklisted. Certificates that
 * firmware forbids as such would be in the revocation list, which no kernel of Debian's has, so
 * they change nothing.
 */
@Tag("lab")
class FirmwareKeysTest {
  private static final long SEED = Long.getLong("proof.seed", 1);
  private static final int OF_A_KIND = 100;
  private static final Bytes INSNS = Bytes.hex("b7000000000000009500000000000000");

  private static final Bytes ALLOWED = Bytes.utf8("not an ELF file ".repeat(8));
  private static final Bytes FORBIDDEN = Bytes.utf8("forbidden module ".repeat(8));

  @TempDir Path folder;

  private final KeyPool keys = new KeyPool(SEED, false);
  private final Certificate root = recipe("Firmware", Optional.empty(), 0);
  private final Certificate forbidden = recipe("Forbidden", Optional.of(root), 1);
  private final Certificate allowed = recipe("Allowed", Optional.of(root), 2);
  private final Certificate below = recipe("Below", Optional.of(forbidden), 3);
  private final Certificate revoked = recipe("Revoked", Optional.of(root), 5);
  private final List<Certificate> all = List.of(root, forbidden, allowed, below, revoked);

  private Certificate recipe(String name, Optional<Certificate> issuer, int key) {
    LabKey own = keys.key("rsa 1024 " + key);
    CertificateRecipe usual =
        issuer
            .map(by -> CertificateRecipe.issuedBy(by, own))
            .orElseGet(() -> CertificateRecipe.root(own));
    return usual.subject(CertificateRecipe.name(Der.UTF8_STRING, name)).make();
  }

  @ParameterizedTest
  @ValueSource(strings = {"6.12", "7.3"})
  void theMirrorAnswersAsTheKernel(String series) {
    List<Case> cases = cases();
    RealKernel kernel = RealKernel.of(series, folder).withFirmware(variables());
    MirrorAnswers bare = MirrorAnswers.of(kernel.release());
    MirrorAnswers mirror = new MirrorAnswers(profile(bare.profile()));
    List<Answer> answers = kernel.answer(cases);
    assertThat(Disagreement.between(cases, answers, mirror.judge(cases))).isEmpty();
    boolean old = series.equals("6.12");
    assertThat(answers.get(0).certificates()).isEqualTo("OK,EKEYREJECTED,OK");
    assertThat(answers.get(0).load()).isEqualTo(old ? "E2BIG" : "OK");
    assertThat(answers.get(1).certificates()).isEqualTo(old ? "OK,EKEYREJECTED,OK" : "OK,OK,OK");
  }

  private FirmwareVariables variables() {
    return new FirmwareVariables()
        .trusted(List.of(root.der()))
        .forbidden(
            List.of(Hash.SHA256.of(tbs(forbidden))),
            List.of(Hash.SHA256.of(module(FORBIDDEN)), Hash.SHA256.of(strangers(FORBIDDEN))),
            List.of(revoked.der()));
  }

  /** By a key that nobody knows, so as good as unsigned. */
  private Bytes strangers(Bytes content) {
    Certificate other = CertificateRecipe.root(keys.key("rsa 1024 4")).make();
    return UserSteps.signed(
        content, MessageRecipe.of(content, MessageRecipe.Signer.of(other)).make());
  }

  private Bytes module(Bytes content) {
    return UserSteps.signed(
        content, MessageRecipe.of(content, MessageRecipe.Signer.of(root)).make());
  }

  private static Bytes tbs(Certificate certificate) {
    return new Encoding(certificate.tree()).elementOf(certificate.tree().nodes().getFirst());
  }

  private KernelProfile profile(KernelProfile bare) {
    Keyring.Builder platform = Keyring.named(".platform");
    assertThat(KernelMirror.of(bare).addKey(platform, root.der()).key()).isPresent();
    return bare.toBuilder()
        .keyring(SystemKeyring.PLATFORM, platform.build())
        .blacklist("tbs:" + Hash.SHA256.of(tbs(forbidden)).toHex())
        .blacklist("bin:" + Hash.SHA256.of(module(FORBIDDEN)).toHex())
        .blacklist("bin:" + Hash.SHA256.of(strangers(FORBIDDEN)).toHex())
        .build();
  }

  private List<Case> cases() {
    UserSteps users = new UserSteps(SEED, all);
    List<Case> cases = new ArrayList<>();
    Bytes message = MessageRecipe.of(INSNS, MessageRecipe.Signer.of(root)).make();
    List<Bytes> ring = List.of(root.der(), forbidden.der(), allowed.der());
    Case.Load platform = new Case.Load(INSNS, message, false, Case.WHOLE, 2, Optional.empty());
    cases.add(new Case(0, "platform keyring, blacklist", ring, Optional.of(platform)));
    List<Step> modules =
        List.of(
            new Step.Module(module(ALLOWED)),
            new Step.Module(module(FORBIDDEN)),
            new Step.Module(strangers(FORBIDDEN)));
    cases.add(new Case(1, "blacklisted module", List.of(), modules, Optional.empty()));
    IntStream.range(2, OF_A_KIND).mapToObj(this::load).forEach(cases::add);
    for (UserSteps.User user :
        List.of(
            UserSteps.User.KFUNC,
            UserSteps.User.MODULE,
            UserSteps.User.MODULE_UNDER_LOCKDOWN,
            UserSteps.User.ENFORCED_MODULE)) {
      for (int i = 0; i < OF_A_KIND; i++) {
        cases.add(users.make(cases.size(), user));
      }
    }
    return cases;
  }

  private Case load(int id) {
    Random random = new Random(SEED * 32_452_843 + id);
    MessageRecipe.Signer signer = MessageRecipe.Signer.of(all.get(random.nextInt(all.size())));
    Bytes message =
        MessageRecipe.of(INSNS, random.nextBoolean() ? signer : signer.byIssuer())
            .inside(
                all.stream()
                    .filter(_ -> random.nextBoolean())
                    .map(Certificate::tree)
                    .toArray(Node[]::new))
            .make();
    int keyring = random.nextInt(5);
    List<Bytes> ring =
        all.stream().filter(_ -> random.nextInt(3) == 0).map(Certificate::der).toList();
    Case.Load load =
        new Case.Load(
            INSNS,
            random.nextInt(8) == 0 ? RsaFlaw.flipped(message, random, 0) : message,
            false,
            Case.WHOLE,
            keyring > 2 ? Case.FRESH : keyring,
            Optional.empty());
    return new Case(id, "firmware's keys", ring, Optional.of(load));
  }
}
