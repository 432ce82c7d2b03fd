// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.image;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.stream.Stream;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.KernelRelease;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.keyring.Keyring;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.provider.MethodSource;

/** Arbitrary bytes give a judged image or a {@link FormatException}. */
class ImageReaderFuzzTest {
  private static final int MOST = 1 << 20;
  private static final KernelProfile PROFILE =
      KernelProfile.debianCloud(KernelRelease.series(7, 3));

  static List<byte[]> seeds() throws Exception {
    Bytes good = BundleMaker.good().archive().finish();
    return Stream.of("plain", "gzip", "xz", "zstd")
        .map(how -> NewcMaker.packed(how, good).toArray())
        .toList();
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "3s")
  void readerIsTotal(byte[] input) {
    try {
      Image image = ImageReader.read(Bytes.of(input), MOST);
      Keyring nobody = Keyring.named("nobody").build();
      Assertions.assertFalse(BundleJudge.judge(image, PROFILE, nobody).isAccepted());
    } catch (FormatException e) {
      Assertions.assertNotNull(e.getMessage());
    }
  }
}
