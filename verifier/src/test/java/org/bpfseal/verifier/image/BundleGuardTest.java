// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.image;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Images with a guard, which carries programs where the kernel can't look at signatures. */
class BundleGuardTest {
  private static final String ROOT = BundleMaker.ROOT;
  private static final String FIRST = BundleMaker.FIRST;

  static List<Arguments> guarded() {
    return List.of(
        BundleJudgeTest.files(
            "guard", "7.3", bundle -> {}, "accepted manifest=OK guard=OK first=OK second=OK"),
        BundleJudgeTest.files(
            "guard, which carries the programs",
            "6.12",
            bundle -> {},
            "accepted manifest=OK guard=none advice:guard-unverified first=OK second=OK"),
        BundleJudgeTest.files(
            "guard without a form",
            "6.18",
            bundle -> {},
            "refused manifest=OK guard=none form-missing first=OK second=none advice:form-missing"),
        BundleJudgeTest.files(
            "no guard's data",
            "7.3",
            bundle -> bundle.files.remove(BundleMaker.GUARD + "data"),
            "refused manifest=OK guard=none file-missing first=OK second=OK"),
        BundleJudgeTest.files(
            "a bit of what the guard carries",
            "6.12",
            bundle -> bundle.change(FIRST + "7.3/sig.p7s", -1),
            "refused manifest=OK guard=none advice:guard-unverified first=EKEYREJECTED second=OK"),
        BundleJudgeTest.files(
            "a bit of the guard's signature",
            "7.3",
            bundle -> bundle.change(BundleMaker.GUARD + "7.3/sig.p7s", -1),
            "refused manifest=OK guard=EKEYREJECTED first=OK second=OK"),
        BundleJudgeTest.files(
            "manifest by a key that is not in the image",
            "7.3",
            bundle ->
                bundle.files.put(
                    ROOT + "manifest.p7s",
                    BundleMaker.sign(bundle.file(ROOT + "manifest"), "other")),
            "refused manifest=ENOKEY guard=OK first=OK second=OK guard-refuses"));
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("guarded")
  void answersToImagesWithAGuard(
      String name, String kernel, BundleJudgeTest.Change change, String answer) throws Exception {
    BundleMaker bundle = BundleMaker.guarded(true);
    change.to(bundle);
    BundleJudgeTest.check(bundle.archive().finish(), kernel, answer);
  }

  @Test
  void aGuardThatCanNotBeSealedIsRefused() throws Exception {
    BundleJudgeTest.check(
        BundleMaker.guarded(false).archive().finish(),
        "7.3",
        "refused manifest=OK guard=OK guard-incomplete first=OK second=OK");
  }
}
