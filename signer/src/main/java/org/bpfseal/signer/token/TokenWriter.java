// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.token;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.token.SignedTokenReader;
import org.bpfseal.verifier.token.Token;

/** Writes what {@link SignedTokenReader} reads. */
public final class TokenWriter {
  private static final int BODY_SIZE = 200;
  private static final int NAME_AT = 72;
  private static final int DIGEST_AT = 40;

  private TokenWriter() {}

  /** The 200 bytes that are signed; the signature follows them in the file. */
  public static Bytes body(Token token) {
    ByteBuffer out = ByteBuffer.allocate(BODY_SIZE).order(ByteOrder.LITTLE_ENDIAN);
    out.put(SignedTokenReader.MAGIC.toArray());
    out.putInt(token.operation().number());
    out.putInt((int) token.link());
    out.putLong(token.sequence());
    out.put(token.nonce().toArray());
    token.digest().ifPresent(digest -> out.put(DIGEST_AT, digest.toArray()));
    out.put(NAME_AT, Bytes.utf8(token.name()).toArray());
    return Bytes.owning(out.array());
  }
}
