// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.loader;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.bpfseal.preload.image.Compression;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.image.BundleJudge;
import org.bpfseal.verifier.image.Image;
import org.bpfseal.verifier.image.ImageReader;
import org.bpfseal.verifier.keyring.Keyring;

/**
 * A preload image with one bit changed.
 *
 * @param compression of the image
 * @param at which byte of it
 * @param bytes with the bit changed
 */
record FlippedImage(Compression compression, int at, Bytes bytes) {
  private static final int MOST = 64 << 20;
  private static final int TYPE = 0170000;

  /** What the verifier says. */
  enum Verdict {
    REFUSED,
    WITHOUT_EFFECT,
    /** Accepted, but the kernel would unpack something else: it must never say this. */
    WRONG
  }

  static FlippedImage of(
      Map<Compression, Bytes> images, Compression compression, RandomGenerator random) {
    byte[] bytes = images.getOrDefault(compression, Bytes.EMPTY).toArray();
    int at = random.nextInt(bytes.length);
    bytes[at] ^= (byte) (1 << random.nextInt(8));
    return new FlippedImage(compression, at, Bytes.owning(bytes));
  }

  /**
   * Judges as {@code bpf-verify verify IMAGE --cert CERT --loader FILE} does.
   *
   * @param sound what {@link #contents} says of the unchanged image
   */
  Verdict judge(KernelProfile profile, Keyring trusted, Bytes loader, Map<String, String> sound) {
    try {
      Image image = ImageReader.read(bytes, MOST);
      if (!BundleJudge.judge(image, profile, trusted, Optional.of(loader)).isAccepted()) {
        return Verdict.REFUSED;
      }
      return contents(bytes).equals(sound) ? Verdict.WITHOUT_EFFECT : Verdict.WRONG;
    } catch (FormatException e) {
      return Verdict.REFUSED;
    }
  }

  /**
   * Type and content of all that the boot loader starts from or reads, as the kernel leaves it, but
   * signatures: some of their bytes nothing depends on, and those for other kernels aren't looked
   * at.
   */
  static Map<String, String> contents(Bytes image) {
    Map<String, String> found = new TreeMap<>();
    ImageReader.unpack(image, MOST)
        .list(
            entry -> {
              String path = entry.path();
              if ((path.startsWith("/etc") || path.startsWith("/usr")) && !path.endsWith(".p7s")) {
                found.put(
                    path,
                    "%o %d %s %s"
                        .formatted(
                            entry.mode() & TYPE,
                            entry.size(),
                            LabProgram.sha256(entry.content()),
                            entry.target()));
              }
            });
    return found;
  }
}
