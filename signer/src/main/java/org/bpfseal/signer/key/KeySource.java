// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a private key is, as the user names it in one word. */
public sealed interface KeySource {
  /** A file: PEM or DER, what {@link KeyReader} reads, or PKCS#12. */
  record KeyFile(Path path) implements KeySource {}

  /** A key on a PKCS#11 token. */
  record TokenUri(String uri) implements KeySource {}

  /** A wrapped key: {@code tink:WRAPPED?keyset=KEYSET}. */
  record Wrapped(String uri) implements KeySource {}

  /**
   * Reads a name: a path, or a URI with a scheme. {@code file:PATH} is the path; a path with a
   * colon of its own can be written as {@code ./a:b}.
   *
   * @throws KeyRefusedException if there is no key source of that scheme
   */
  static KeySource of(String name) throws KeyRefusedException {
    Matcher uri = Pattern.compile("([a-z][a-z0-9+-]+):(.*)").matcher(name);
    if (!uri.matches()) {
      return new KeyFile(Path.of(name));
    }
    return switch (uri.group(1)) {
      case "file" -> new KeyFile(Path.of(uri.group(2)));
      case "pkcs11" -> new TokenUri(name);
      case "tink" -> new Wrapped(name);
      default ->
          throw new KeyRefusedException(
              "no key source \"" + uri.group(1) + ":\"", "give a file, a pkcs11: or a tink: URI");
    };
  }
}
