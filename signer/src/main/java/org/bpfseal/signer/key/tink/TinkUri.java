// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key.tink;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bpfseal.signer.key.KeyRefusedException;

/** {@code tink:WRAPPED?keyset=KEYSET}: a wrapped key and the keyset that opens it. */
public record TinkUri(Path wrapped, Path keyset) {
  private static final Pattern SHAPE = Pattern.compile("tink:([^?]+)\\?keyset=([^?&]+)");

  /** Reads one. */
  public static TinkUri of(String text) throws KeyRefusedException {
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      throw new KeyRefusedException(
          "not of the shape tink:WRAPPED?keyset=KEYSET",
          "bpf-sign key wrap makes the first, bpf-sign key keyset the second");
    }
    return new TinkUri(Path.of(matcher.group(1)), Path.of(matcher.group(2)));
  }
}
