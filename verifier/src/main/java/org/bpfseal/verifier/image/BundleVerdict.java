// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.Verdict;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.manifest.Manifest;

/**
 * The answer to a preload image.
 *
 * @param signature verdict on the manifest's; absent if there is none
 * @param message the manifest's signature
 * @param programs the guard first if there is one, then in the manifest's order
 * @param findings on the image as a whole
 * @param advice on the image as a whole
 * @param guarantees of the image as a whole
 */
public record BundleVerdict(
    Manifest manifest,
    Optional<Verdict> signature,
    Bytes message,
    List<ProgramVerdict> programs,
    List<ImageFinding> findings,
    List<ImageFinding> advice,
    List<Guarantee> guarantees) {
  /** Copies the lists. */
  public BundleVerdict {
    programs = List.copyOf(programs);
    findings = List.copyOf(findings);
    advice = List.copyOf(advice);
    guarantees = List.copyOf(guarantees);
  }

  /** The same, which refuses a manifest of a lower version. */
  public BundleVerdict atLeast(long version) {
    if (manifest.version() >= version) {
      return this;
    }
    List<ImageFinding> more = new ArrayList<>(findings);
    more.add(
        ImageFinding.of(
            ImageCheck.VERSION_BELOW, BundleJudge.MANIFEST, manifest.version(), version));
    return new BundleVerdict(manifest, signature, message, programs, more, advice, guarantees);
  }

  /** Whether what the kernel unpacks is what was signed, and the kernel takes all of it. */
  public boolean isAccepted() {
    return findings.isEmpty()
        && signature.map(Verdict::isAccepted).orElse(false)
        && programs.stream().allMatch(ProgramVerdict::isAccepted);
  }
}
