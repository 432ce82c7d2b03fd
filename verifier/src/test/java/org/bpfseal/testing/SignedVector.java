// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.testing;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * One signed program of {@code test-vectors/signed} and what real kernels say to it. The line
 * format is in {@code test-vectors/README.md}.
 *
 * @param program the {@code .bpfs} file
 * @param sha256 of the file, lower-case hex
 * @param certificate the only one in the keyring, PEM
 * @param verdicts by kernel series: {@code OK}, an errno name, {@code none} if the program has no
 *     form for this kernel, {@code format} if it is no signed program at all
 */
public record SignedVector(
    Path program, String sha256, Path certificate, Map<String, String> verdicts) {
  /** The verdict on bytes that are no signed program. */
  public static final String FORMAT = "format";

  /** The verdict on a program without a form for the kernel. */
  public static final String NO_FORM = "none";

  private static final String VERDICT = "=(OK|none|format|E[A-Z]+)";
  private static final Pattern LINE =
      Pattern.compile(
          "program ([a-z0-9.-]+\\.bpfs) sha256=([0-9a-f]{64}) cert=(rsa|p256|other)"
              + (" 7\\.3" + VERDICT + " 6\\.18" + VERDICT));

  /** Copies the map. */
  public SignedVector {
    verdicts = Map.copyOf(verdicts);
  }

  /** All vectors, in the manifest's order. */
  public static List<SignedVector> all() {
    Path folder = Lab.vectors().resolve("signed");
    return VectorLines.read(VectorLines.text(folder.resolve("manifest")), "bpfseal-signed 1", LINE)
        .stream()
        .map(words -> of(folder, words))
        .toList();
  }

  private static SignedVector of(Path folder, MatchResult words) {
    return new SignedVector(
        folder.resolve("programs").resolve(words.group(1)),
        words.group(2),
        Lab.repository().resolve("keys-example").resolve(words.group(3) + ".crt"),
        Map.of("7.3", words.group(4), "6.18", words.group(5)));
  }

  /** The file name: what a parameterized test shows. */
  @Override
  public String toString() {
    return program.subpath(program.getNameCount() - 1, program.getNameCount()).toString();
  }
}
