// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import java.util.List;
import java.util.Locale;

/**
 * Something that the kernel does not mind but an operator should know. It never changes the
 * verdict; {@code --strict} refuses on it.
 *
 * @param path the part of the input that it is about
 * @param values what the kind's message has places for, in its order
 */
public record Advice(Kind kind, String path, List<String> values) {
  /** Copies the values. */
  public Advice {
    values = List.copyOf(values);
  }

  public static Advice of(Kind kind, String path, String... values) {
    return new Advice(kind, path, List.of(values));
  }

  /** The kind's message with the values filled in. */
  public String message() {
    return kind.message.formatted(values.toArray());
  }

  /** What it is about. */
  public enum Kind {
    CERTIFICATE_EXPIRED("the certificate of %s ended on %s; the kernel never looks at the date"),
    CERTIFICATE_NOT_YET_VALID("the certificate of %s begins on %s only"),
    NOT_DER("%s at byte %s: the kernel's decoder takes it, DER does not allow it"),
    DIGEST_WEAK("%s can be forged; sign with SHA-256 or better"),
    KEY_WEAK("%s is too weak; use RSA-2048, P-256 or better"),
    TRAILING_BYTES("%s bytes follow the end; no signature covers them"),
    DIGEST_OTHER("the algorithm's name says %s, but the kernel verifies with %s"),
    DIGEST_NOT_ANNOUNCED("digestAlgorithms does not name %s"),
    ATTRIBUTES_UNSIGNED("the attributes in [2] are not covered by the signature"),
    SIGNER_UNKNOWN("nobody in the keyring vouches for %s; another signer was enough"),
    SIGNER_UNSUPPORTED("the kernel can't check %s; another signer was enough"),
    KEYRING_UNRELEASED("no released kernel has keyring .bpf; it is queued for 7.4"),
    UNSIGNED("there is no signature; the kernel loads it all the same"),
    BLOB_UNPROTECTED("neither the signature nor the loader protects the blob"),
    ATTRIBUTES_UNCOVERED(
        "the signature covers neither the program's type, attach point, flags nor license");

    private final String message;

    Kind(String message) {
      this.message = message;
    }

    /** A stable name for machines, such as {@code digest-weak}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Its message with dots in the place of values. */
    public String summary() {
      return message.replace("%s", "…");
    }
  }
}
