// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.image;

import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.Verdict;

/**
 * The answer to one program of a bundle.
 *
 * @param verdict of the kernel on its form for that kernel; absent if files are missing or nobody
 *     looks at the signature
 * @param findings of ours
 * @param advice what doesn't stop the boot: an optional program that this kernel can't load, a
 *     guard whose signature this kernel can't check
 * @param guarantees of it and of its links; none if this kernel can't load it
 */
public record ProgramVerdict(
    String name,
    boolean optional,
    int links,
    Optional<Verdict> verdict,
    List<ImageFinding> findings,
    List<ImageFinding> advice,
    List<Guarantee> guarantees) {
  /** Copies the lists. */
  public ProgramVerdict {
    findings = List.copyOf(findings);
    advice = List.copyOf(advice);
    guarantees = List.copyOf(guarantees);
  }

  public boolean isAccepted() {
    return findings.isEmpty() && verdict.map(Verdict::isAccepted).orElse(!advice.isEmpty());
  }
}
