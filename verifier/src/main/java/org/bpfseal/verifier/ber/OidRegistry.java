// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.ber;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * All object identifiers that the kernel has a name for: those of {@link Oid}, and more of which
 * only it matters that they are known. Read from the table in the images of 7.0.13 and 7.3.4, made
 * from include/linux/oid_registry.h.
 */
public final class OidRegistry {
  /** The first name of the registry, which has the number 0. */
  public static final Bytes FIRST = OidText.contents("1.2.840.10030.4.3");

  private static final String OTHERS =
      """
      1.2.840.10040.4.1 1.2.840.113549.1.9.16.2.11 1.2.840.48018.1.2.2 1.2.840.113554.1.2.2
      1.2.840.113554.1.2.2.3 1.3.6.1.4.1.311.2.1.15 1.3.6.1.4.1.311.2.1.21 1.3.6.1.4.1.311.16.4
      1.3.6.1.4.1.311.2.2.10 1.3.6.1.4.1.311.2.2.30 1.3.6.1.5.5.2 1.3.6.1.5.2.5 1.3.5.1.5.2.7
      1.3.6.1.5.5.14 1.3.6.1.5.5.7.1.1 2.5.4.4 2.5.4.6 2.5.4.7 2.5.4.8 2.5.4.11 2.5.4.12 2.5.4.13
      2.5.4.41 2.5.4.42 2.5.4.43 2.5.4.44 2.5.29.17 2.5.29.18 2.5.29.31 2.5.29.32 2.5.29.37
      1.2.752.43.14.2 1.2.752.43.14.3 1.2.156.10197.1.301 1.2.156.10197.1.501
      1.2.156.10197.1.504 2.23.133.10.1.3 2.23.133.10.1.4 2.23.133.10.1.5
      """;

  private static final Set<Bytes> NAMED =
      Arrays.stream(OTHERS.strip().split("\\s+"))
          .map(OidText::contents)
          .collect(Collectors.toUnmodifiableSet());

  private OidRegistry() {}

  /** True if the registry has a name for it, be it of a curve or of anything else. */
  public static boolean has(Bytes contents) {
    return Oid.of(contents).isPresent() || contents.equals(FIRST) || NAMED.contains(contents);
  }
}
