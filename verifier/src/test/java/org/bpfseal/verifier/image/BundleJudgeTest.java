// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.KernelMirror;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.KernelRelease;
import org.bpfseal.verifier.Verdict;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.crypto.Sha256;
import org.bpfseal.verifier.keyring.Keyring;
import org.bpfseal.verifier.manifest.FailureMode;
import org.bpfseal.verifier.manifest.KeyringKind;
import org.bpfseal.verifier.manifest.Manifest;
import org.bpfseal.verifier.manifest.ManifestReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said to a bundle, and to each thing in it that was changed after signing. */
class BundleJudgeTest {
  private static final int MOST = 1 << 20;
  static final String ALL_GOOD = "manifest=OK first=OK second=OK";
  private static final String ROOT = BundleMaker.ROOT;
  private static final String FIRST = BundleMaker.FIRST;
  private static final String SECOND = BundleMaker.SECOND;

  /** Changes a bundle's files. */
  interface Change {
    void to(BundleMaker bundle) throws Exception;
  }

  static Arguments files(String name, String kernel, Change change, String answer) {
    return Arguments.of(name, kernel, change, answer);
  }

  static List<Arguments> changes() {
    List<Arguments> all = new ArrayList<>();
    all.add(files("unchanged", "7.3", bundle -> {}, "accepted " + ALL_GOOD));
    all.add(
        files(
            "optional program without a form",
            "6.18",
            bundle -> {},
            "accepted manifest=OK first=OK second=none advice:form-missing"));
    all.add(
        files(
            "kernel that loads nothing",
            "6.12",
            bundle -> {},
            "refused manifest=OK first=none form-missing second=none advice:form-missing"));
    all.add(
        files(
            "manifest by another key",
            "7.3",
            bundle ->
                bundle.files.put(
                    ROOT + "manifest.p7s",
                    BundleMaker.sign(bundle.file(ROOT + "manifest"), "other")),
            "refused manifest=ENOKEY first=OK second=OK"));
    all.add(
        files(
            "manifest of another version",
            "7.3",
            bundle ->
                bundle.files.put(
                    ROOT + "manifest",
                    Bytes.utf8(
                        bundle.file(ROOT + "manifest").toUtf8().replace("version 7", "version 8"))),
            "refused manifest=EKEYREJECTED first=OK second=OK"));
    all.add(
        files(
            "programs in another order",
            "7.3",
            BundleJudgeTest::reorder,
            "refused manifest=EKEYREJECTED second=none file-missing*3 first=none file-missing*5"
                + " file-unlisted*8"));
    all.add(
        files(
            "no manifest.p7s",
            "7.3",
            bundle -> bundle.files.remove(ROOT + "manifest.p7s"),
            "refused manifest=none first=OK second=OK file-missing"));
    all.add(
        files(
            "no boot loader",
            "7.3",
            bundle -> bundle.files.remove(BundleTree.LOADER),
            "refused " + ALL_GOOD + " file-missing"));
    all.add(
        files(
            "a further file",
            "7.3",
            bundle -> bundle.files.put(ROOT + "programs/03-third/data", Bytes.EMPTY),
            "refused " + ALL_GOOD + " file-unlisted"));
    all.add(
        files(
            "a bit of the instructions",
            "7.3",
            bundle -> bundle.change(FIRST + "7.3/insns", 4),
            "refused manifest=OK first=EKEYREJECTED hash-differs loader-unreadable second=OK"));
    all.add(
        files(
            "a bit of the other form's instructions",
            "6.18",
            bundle -> bundle.change(FIRST + "7.3/insns", 4),
            "refused manifest=OK first=OK hash-differs loader-unreadable second=none"
                + " advice:form-missing"));
    all.add(
        files(
            "a bit of the blob",
            "7.3",
            bundle -> bundle.change(FIRST + "data", -1),
            "refused manifest=OK first=EKEYREJECTED hash-differs loader-unreadable*2 second=OK"));
    all.add(
        files(
            "a bit of the blob",
            "6.18",
            bundle -> bundle.change(FIRST + "data", -1),
            "refused manifest=OK first=EINVAL hash-differs loader-unreadable*2 second=none"
                + " advice:form-missing"));
    all.add(
        files(
            "a bit of the signature",
            "7.3",
            bundle -> bundle.change(FIRST + "7.3/sig.p7s", -1),
            "refused manifest=OK first=EKEYREJECTED second=OK"));
    all.add(
        files(
            "a bit of an optional program's signature",
            "7.3",
            bundle -> bundle.change(SECOND + "7.3/sig.p7s", -1),
            "refused manifest=OK first=OK second=EKEYREJECTED"));
    all.add(
        files(
            "a bit of the certificate's signature",
            "7.3",
            bundle -> bundle.change(ROOT + "certs/01.der", -1),
            "refused manifest=OK first=ENOKEY second=ENOKEY hash-differs certificate-refused"));
    all.add(
        files(
            "another certificate",
            "7.3",
            bundle -> bundle.files.put(ROOT + "certs/01.der", BundleMaker.certificate("other")),
            "refused manifest=OK first=ENOKEY second=ENOKEY hash-differs"));
    all.add(
        files(
            "no signature",
            "7.3",
            bundle -> bundle.files.remove(FIRST + "7.3/sig.p7s"),
            "refused manifest=OK first=none file-missing second=OK"));
    all.add(
        files(
            "an empty signature",
            "7.3",
            bundle -> bundle.files.put(FIRST + "7.3/sig.p7s", Bytes.EMPTY),
            "refused manifest=OK first=EINVAL signature-empty second=OK"));
    all.add(
        files(
            "instructions of the other form",
            "7.3",
            bundle -> bundle.swap(FIRST + "7.3/insns", FIRST + "6.18/insns"),
            "refused manifest=OK first=EKEYREJECTED size-differs*2 form-differs*2 second=OK"));
    all.add(
        files(
            "another prog, signed",
            "7.3",
            bundle -> replaceInManifest(bundle, "prog pass_whole_pack", "prog pass_whole_pick"),
            "refused manifest=OK first=OK progs-differ*2 second=OK progs-differ"));
    all.add(
        files(
            "a wrong hash, signed",
            "7.3",
            bundle ->
                replaceInManifest(
                    bundle, Sha256.of(bundle.file(FIRST + "7.3/insns")).toHex(), "00".repeat(32)),
            "refused manifest=OK first=OK hash-differs second=OK hash-differs"));
    return all;
  }

  private static void replaceInManifest(BundleMaker bundle, String what, String by)
      throws Exception {
    String text = bundle.file(ROOT + "manifest").toUtf8().replace(what, by);
    bundle.signManifest(ManifestReader.read(Bytes.utf8(text)), "rsa");
  }

  private static void reorder(BundleMaker bundle) throws Exception {
    Manifest manifest = ManifestReader.read(bundle.file(ROOT + "manifest"));
    Bytes signature = bundle.file(ROOT + "manifest.p7s");
    bundle.signManifest(
        new Manifest(
            manifest.version(),
            KeyringKind.USER,
            manifest.certificates(),
            FailureMode.HALT,
            manifest.next(),
            manifest.programs().reversed()),
        "rsa");
    bundle.files.put(ROOT + "manifest.p7s", signature);
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("changes")
  void answersToEachChange(String name, String kernel, Change change, String answer)
      throws Exception {
    BundleMaker bundle = BundleMaker.good();
    change.to(bundle);
    check(bundle.archive().finish(), kernel, answer);
  }

  @Test
  void theKernelsOwnKeyringHasTheTrustedKeys() throws Exception {
    check(BundleMaker.builtin().archive().finish(), "7.3", "accepted " + ALL_GOOD);
  }

  /** Judges an image with the example key's certificate. */
  static void check(Bytes image, String kernel, String answer) throws Exception {
    KernelProfile profile = KernelProfile.debianCloud(KernelRelease.parse(kernel).orElseThrow());
    Keyring.Builder trusted = Keyring.named("trusted");
    KernelMirror.of(profile).addKey(trusted, BundleMaker.certificate("rsa"));
    BundleVerdict verdict =
        BundleJudge.judge(ImageReader.read(image, MOST), profile, trusted.build());
    assertThat(text(verdict)).isEqualTo(answer);
  }

  private static String text(BundleVerdict verdict) {
    StringBuilder text = new StringBuilder(verdict.isAccepted() ? "accepted" : "refused");
    text.append(" manifest=" + word(verdict.signature()));
    for (ProgramVerdict program : verdict.programs()) {
      text.append(' ').append(program.name()).append('=').append(word(program.verdict()));
      append(text, "", program.findings());
      append(text, "advice:", program.advice());
    }
    append(text, "", verdict.findings());
    return text.toString();
  }

  private static String word(Optional<Verdict> verdict) {
    return verdict.map(Verdict::word).orElse("none");
  }

  private static void append(StringBuilder text, String prefix, List<ImageFinding> findings) {
    List<String> codes = findings.stream().map(finding -> finding.check().code()).toList();
    for (String code : codes.stream().distinct().toList()) {
      long count = codes.stream().filter(code::equals).count();
      text.append(' ').append(prefix).append(code).append(count == 1 ? "" : "*" + count);
    }
  }
}
