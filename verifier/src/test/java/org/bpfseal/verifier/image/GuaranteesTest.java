// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.bpfseal.testing.Lab;
import org.bpfseal.verifier.KernelFeature;
import org.bpfseal.verifier.KernelMirror;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.KernelRelease;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.keyring.Keyring;
import org.bpfseal.verifier.manifest.LinkEntry;
import org.bpfseal.verifier.manifest.LinkTarget;
import org.bpfseal.verifier.manifest.Manifest;
import org.bpfseal.verifier.manifest.ManifestReader;
import org.bpfseal.verifier.manifest.ProgramEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who keeps which promise of an image, kernel by kernel. */
class GuaranteesTest {
  private static BundleVerdict judge(BundleMaker bundle, KernelProfile profile) throws Exception {
    Keyring.Builder trusted = Keyring.named("trusted");
    KernelMirror.of(profile).addKey(trusted, BundleMaker.certificate("rsa"));
    Image image = ImageReader.read(bundle.archive().finish(), 1 << 26);
    return BundleJudge.judge(image, profile, trusted.build());
  }

  private static KernelProfile kernel(String release) {
    return KernelProfile.debianCloud(KernelRelease.parse(release).orElseThrow());
  }

  private static List<String> carriers(BundleVerdict verdict) {
    return Stream.concat(
            verdict.guarantees().stream(),
            verdict.programs().stream().flatMap(program -> program.guarantees().stream()))
        .map(promise -> promise.item() + "=" + promise.carrier().text())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "7.3, false, manifest=none first=kernel second=kernel",
    "6.18, false, manifest=none first=kernel",
    "6.12, false, manifest=none",
    "7.3, true, manifest=guard loads=guard guard=kernel first=kernel second=kernel",
    "6.12, true, manifest=guard loads=guard guard=none first=guard second=guard",
    "6.11, true, manifest=guard loads=guard",
  })
  void carriersDependOnKernelAndGuard(String release, boolean guarded, String carriers)
      throws Exception {
    BundleMaker bundle = guarded ? BundleMaker.guarded(true) : BundleMaker.good();
    assertThat(String.join(" ", carriers(judge(bundle, kernel(release))))).isEqualTo(carriers);
  }

  @Test
  void withoutAGuardThePlanIsUnsigned() throws Exception {
    assertThat(judge(BundleMaker.good(), kernel("7.3")).advice())
        .extracting(ImageFinding::check)
        .containsExactly(ImageCheck.MANIFEST_UNVERIFIED);
    assertThat(judge(BundleMaker.guarded(true), kernel("7.3")).advice()).isEmpty();
  }

  @Test
  void aGuardNeedsTheBpfLsm() throws Exception {
    KernelProfile without = kernel("7.3").toBuilder().without(KernelFeature.BPF_LSM).build();
    BundleVerdict verdict = judge(BundleMaker.guarded(true), without);
    assertThat(verdict.isAccepted()).isFalse();
    assertThat(verdict.findings())
        .extracting(ImageFinding::check)
        .containsExactly(ImageCheck.GUARD_IMPOSSIBLE);
    assertThat(judge(BundleMaker.good(), without).isAccepted()).isTrue();
  }

  private static Manifest vector(String name) throws Exception {
    Bytes text =
        Bytes.owning(Files.readAllBytes(Lab.vectors().resolve("manifest/" + name + ".txt")));
    return ManifestReader.read(text);
  }

  @Test
  void aHeldLinkSaysHowItEnds() throws Exception {
    Manifest manifest = vector("good-guard-best-effort");
    assertThat(Guarantees.of(manifest.programs().getFirst(), Carrier.KERNEL))
        .extracting(
            promise -> promise.carrier().text() + " " + promise.item() + " " + promise.text())
        .containsExactly(
            "kernel exec-guard signature at load",
            "guard exec-guard/x held until a.der or c.der confirms its stop; best effort: it"
                + " ends with its device or cgroup",
            "guard exec-guard/y held until a.der or b.der or c.der confirms its stop; best"
                + " effort: it ends with its device or cgroup",
            "guard exec-guard/z held, nobody may confirm its stop; best effort: it ends with"
                + " its device or cgroup",
            "guard exec-guard/r held until a.der or b.der or c.der confirms its stop",
            "guard exec-guard/n held until a.der or b.der or c.der confirms its stop");
  }

  @Test
  void programsOnHooksNeedTheBpfLsm() throws Exception {
    BundleMaker bundle = BundleMaker.guarded(true);
    Manifest manifest = ManifestReader.read(bundle.file(BundleMaker.ROOT + "manifest"));
    ProgramEntry first = manifest.programs().getFirst();
    LinkEntry link = new LinkEntry("hook", 0, new LinkTarget.Lsm());
    ProgramEntry hooked =
        new ProgramEntry(
            first.name(),
            first.optional(),
            first.data(),
            first.forms(),
            first.maps(),
            first.progs(),
            List.of(link));
    bundle.signManifest(
        new Manifest(
            manifest.version(),
            manifest.keyring(),
            manifest.certificates(),
            manifest.failure(),
            manifest.next(),
            List.of(hooked, manifest.programs().getLast())),
        "rsa");
    bundle.files.keySet().removeIf(path -> path.startsWith(BundleMaker.GUARD));
    KernelProfile without = kernel("7.3").toBuilder().without(KernelFeature.BPF_LSM).build();
    assertThat(judge(bundle, kernel("7.3")).isAccepted()).isTrue();
    assertThat(judge(bundle, without).programs().getFirst().findings())
        .extracting(ImageFinding::check)
        .containsExactly(ImageCheck.HOOKS_IMPOSSIBLE);
  }
}
