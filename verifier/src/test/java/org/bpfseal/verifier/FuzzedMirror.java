// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bpfseal.testing.Lab;
import org.junit.jupiter.api.Assertions;

/** Kernels with every crypto module, the oldest and the newest, and what fuzzing starts from. */
final class FuzzedMirror {
  static final KernelMirror NEW = of(KernelRelease.series(7, 3));
  static final KernelMirror OLD = of(KernelRelease.series(6, 12));

  private FuzzedMirror() {}

  private static KernelMirror of(KernelRelease release) {
    KernelProfile.Builder all = KernelProfile.debianCloud(release).toBuilder();
    for (CryptoModule module : CryptoModule.values()) {
      all.module(module);
    }
    return KernelMirror.of(all.build());
  }

  /** The messages ({@code .p7s}) or certificates ({@code .der}) among the vectors. */
  static List<byte[]> seeds(String suffix) {
    try (Stream<Path> files = Files.list(Lab.vectors().resolve("differences"))) {
      return files
          .filter(file -> file.toString().endsWith(suffix))
          .sorted()
          .map(FuzzedMirror::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whatever the bytes were, the answer is a verdict that says something. */
  static void require(Verdict verdict) {
    Assertions.assertFalse(verdict.word().isEmpty());
    if (verdict instanceof Verdict.Rejected rejected) {
      Assertions.assertFalse(rejected.decisive().message().isEmpty());
    }
  }
}
