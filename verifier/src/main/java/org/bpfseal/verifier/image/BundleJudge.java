// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.image;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bpfseal.verifier.AddKeyResult;
import org.bpfseal.verifier.KernelFeature;
import org.bpfseal.verifier.KernelMirror;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.KeyringSelector;
import org.bpfseal.verifier.SystemKeyring;
import org.bpfseal.verifier.Verdict;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.crypto.Sha256;
import org.bpfseal.verifier.keyring.Keyring;
import org.bpfseal.verifier.manifest.CertificateEntry;
import org.bpfseal.verifier.manifest.GuardEntry;
import org.bpfseal.verifier.manifest.Manifest;
import org.bpfseal.verifier.manifest.ManifestReader;
import org.bpfseal.verifier.manifest.ProgramEntry;

/**
 * Judges a preload image: the manifest's signature by the given keys; then that every file which
 * the boot loader reads is the manifest's, each program's signature as the kernel answers, and each
 * loader's inventory against the manifest's lines. Files below {@code /etc/bpfseal} that the
 * manifest doesn't name are refused.
 */
public final class BundleJudge {
  static final String MANIFEST = BundleTree.ROOT + "/manifest";
  private static final String SIGNATURE = BundleTree.ROOT + "/manifest.p7s";
  private static final String CERTIFICATES = BundleTree.ROOT + "/certs/";
  private static final int CERTIFICATE_MOST = 64 << 10;

  private final KernelProfile profile;
  private final Keyring trusted;
  private final Optional<Bytes> loader;
  private final BundleTree tree;
  private final List<ImageFinding> findings;
  private final Set<String> taken = new HashSet<>();
  private final BundleFiles files;

  private BundleJudge(
      KernelProfile profile, Keyring trusted, Optional<Bytes> loader, BundleTree tree) {
    this.profile = profile;
    this.trusted = trusted;
    this.loader = loader;
    this.tree = tree;
    this.findings = new ArrayList<>(tree.findings());
    this.files = new BundleFiles(tree, taken, findings);
  }

  /**
   * The verdict on an image.
   *
   * @param profile with the keys of the kernel's own keyrings, as far as they are known
   * @param trusted keys that may have signed the manifest; and programs, if the manifest wants a
   *     keyring of the kernel's own that has no keys in the profile
   * @throws FormatException if the image has no manifest or one that can't be read
   */
  public static BundleVerdict judge(Image image, KernelProfile profile, Keyring trusted)
      throws FormatException {
    return judge(image, profile, trusted, Optional.empty());
  }

  /**
   * As above.
   *
   * @param loader what the boot loader must be: nothing that is signed says so
   */
  public static BundleVerdict judge(
      Image image, KernelProfile profile, Keyring trusted, Optional<Bytes> loader)
      throws FormatException {
    return new BundleJudge(profile, trusted, loader, BundleTree.of(image)).verdict();
  }

  private BundleVerdict verdict() throws FormatException {
    Optional<Bytes> text = files.any(MANIFEST);
    if (text.isEmpty()) {
      throw new FormatException("image", MANIFEST, 0, "expected the manifest, found none");
    }
    Manifest manifest = ManifestReader.read(text.get());
    Optional<Bytes> message = files.any(SIGNATURE);
    compareLoader(files.any(BundleTree.LOADER));
    BootKeys keys = keys(manifest);
    List<ProgramVerdict> programs = programs(manifest, keys);
    if (manifest.guard().isPresent() && !profile.has(KernelFeature.BPF_LSM)) {
      findings.add(ImageFinding.of(ImageCheck.GUARD_IMPOSSIBLE, GuardEntry.NAME));
    }
    if (manifest.guard().isPresent() && message.isPresent()) {
      judgeByGuard(text.get(), message.get(), keys);
    }
    tree.paths().stream()
        .filter(path -> !taken.contains(path))
        .sorted()
        .forEach(path -> findings.add(ImageFinding.of(ImageCheck.FILE_UNLISTED, path)));
    Optional<Verdict> signature =
        message.map(
            bytes ->
                KernelMirror.of(profile)
                    .kfunc(text.get(), bytes, new KeyringSelector.Given(trusted)));
    List<ImageFinding> advice =
        manifest.guard().isPresent()
            ? List.of()
            : List.of(ImageFinding.of(ImageCheck.MANIFEST_UNVERIFIED, MANIFEST));
    return new BundleVerdict(
        manifest,
        signature,
        message.orElse(Bytes.EMPTY),
        programs,
        findings,
        advice,
        Guarantees.of(manifest));
  }

  private void compareLoader(Optional<Bytes> found) {
    if (loader.isPresent() && found.isPresent() && !found.equals(loader)) {
      findings.add(
          ImageFinding.of(
              ImageCheck.LOADER_DIFFERS, BundleTree.LOADER, Sha256.of(found.get()).toHex()));
    }
  }

  /** At boot the guard looks at the manifest's signature too, with the keys of the programs. */
  private void judgeByGuard(Bytes text, Bytes message, BootKeys keys) {
    findings.addAll(ProgramJudge.guardLimits(SIGNATURE, text, message));
    Verdict verdict = KernelMirror.of(keys.profile()).kfunc(text, message, keys.keyring());
    if (!verdict.isAccepted()) {
      findings.add(ImageFinding.of(ImageCheck.GUARD_REFUSES, SIGNATURE, verdict.word()));
    }
  }

  private List<ProgramVerdict> programs(Manifest manifest, BootKeys keys) {
    List<ProgramVerdict> programs = new ArrayList<>();
    manifest.guard().ifPresent(guard -> programs.add(ProgramJudge.judge(keys, files, guard)));
    int position = 0;
    for (ProgramEntry program : manifest.programs()) {
      position++;
      String folder = "programs/%02d-%s".formatted(position, program.name());
      programs.add(ProgramJudge.judge(keys, files, program, folder, manifest.guard().isPresent()));
    }
    return programs;
  }

  private BootKeys keys(Manifest manifest) {
    Keyring.Builder ring = Keyring.named("bpfseal");
    manifest.certificates().forEach(entry -> addCertificate(entry, ring));
    Keyring.Builder confirmers = Keyring.named("confirm");
    manifest
        .guard()
        .ifPresent(guard -> guard.confirmers().forEach(entry -> addCertificate(entry, confirmers)));
    return switch (manifest.keyring()) {
      case USER -> new BootKeys(profile, new KeyringSelector.Given(ring.build()));
      case BUILTIN -> system(SystemKeyring.BUILTIN, KeyringSelector.BUILTIN);
      case SECONDARY -> system(SystemKeyring.SECONDARY, KeyringSelector.SECONDARY);
      case PLATFORM -> system(SystemKeyring.PLATFORM, KeyringSelector.PLATFORM);
    };
  }

  /** The kernel's own keyring as the profile has it; where it has none, the trusted keys. */
  private BootKeys system(SystemKeyring which, KeyringSelector selector) {
    KernelProfile known =
        profile.searched(which).isEmpty()
            ? profile.toBuilder().keyring(which, trusted).build()
            : profile;
    return new BootKeys(known, selector);
  }

  private void addCertificate(CertificateEntry entry, Keyring.Builder ring) {
    String path = CERTIFICATES + entry.name();
    Optional<Bytes> file = files.atMost(path, CERTIFICATE_MOST);
    if (file.isEmpty()) {
      return;
    }
    files.compare(path, file.get(), entry.sha256());
    AddKeyResult added =
        KernelMirror.of(profile).addKey(ring, Bytes.utf8(entry.name()), file.get());
    if (!added.verdict().isAccepted()) {
      findings.add(ImageFinding.of(ImageCheck.CERTIFICATE_REFUSED, path, added.verdict().word()));
    }
  }
}
