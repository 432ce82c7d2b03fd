// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.token;

import java.nio.ByteOrder;
import java.util.Optional;
import org.bpfseal.verifier.bytes.ByteReader;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * Reads a token file: 200 bytes, little-endian, then 1 to 4096 bytes of detached CMS over them.
 *
 * <pre>
 *   0    8  magic       "BPFSEAL" and the byte 1
 *   8    4  operation   1 stop, 2 hold, 3 replace
 *   12   4  link        its id, not 0
 *   16   8  sequence
 *   24  16  nonce
 *   40  32  digest      zero but for replace
 *   72 128  name        PROGRAM/LINK, then NULs, at least one
 * </pre>
 *
 * <p>Refused are any other size, value or character; the signature is not looked at. The guard
 * reads the same ({@code guard_abi.h}).
 */
public final class SignedTokenReader {
  /** Bytes of the name with its NULs. */
  public static final int NAME_SIZE = 128;

  /** Bytes of the nonce. */
  public static final int NONCE_SIZE = 16;

  /** Bytes of the digest. */
  public static final int DIGEST_SIZE = 32;

  /** How a token begins. */
  public static final Bytes MAGIC = Bytes.hex("4250465345414c01");

  private static final int BODY_SIZE = 200;
  private static final int SIGNATURE_MOST = 4096;

  private SignedTokenReader() {}

  /** Whether a file begins like a token, so that its faults are reported as one's. */
  public static boolean recognises(Bytes file) {
    return file.startsWith(MAGIC);
  }

  /**
   * The token and its signature.
   *
   * @throws FormatException at the first fault
   */
  public static SignedToken read(Bytes file) throws FormatException {
    ByteReader in = ByteReader.of("token", file, ByteOrder.LITTLE_ENDIAN);
    ByteReader body = in.next("body", BODY_SIZE);
    Token token = token(body);
    if (in.atEnd() || in.remaining() > SIGNATURE_MOST) {
      throw in.fail("expected a signature of 1 to 4096 bytes, found " + in.remaining());
    }
    return new SignedToken(token, body.all(), in.bytes(in.remaining()));
  }

  private static Token token(ByteReader in) throws FormatException {
    if (!in.bytes(MAGIC.size()).equals(MAGIC)) {
      throw in.failAt(0, "expected \"BPFSEAL\" and 01");
    }
    Operation operation = operation(in);
    long link = in.u32();
    if (link == 0) {
      throw in.failAt(12, "expected a link's id, found 0");
    }
    long sequence = in.i64();
    Bytes nonce = in.bytes(NONCE_SIZE);
    Optional<Bytes> digest = digest(in, operation);
    return new Token(operation, link, name(in), sequence, nonce, digest);
  }

  private static Operation operation(ByteReader in) throws FormatException {
    long number = in.u32();
    for (Operation operation : Operation.values()) {
      if (operation.number() == number) {
        return operation;
      }
    }
    throw in.failAt(8, "expected operation 1 to 3, found " + number);
  }

  private static Optional<Bytes> digest(ByteReader in, Operation operation) throws FormatException {
    int at = in.position();
    Bytes digest = in.bytes(DIGEST_SIZE);
    if (operation == Operation.REPLACE) {
      return Optional.of(digest);
    }
    if (!isZero(digest)) {
      throw in.failAt(at, "expected no digest, it belongs to replace");
    }
    return Optional.empty();
  }

  private static String name(ByteReader in) throws FormatException {
    int at = in.position();
    Bytes field = in.bytes(NAME_SIZE);
    int end = field.indexOf(0, 0);
    String name = field.slice(0, Math.max(end, 0)).toUtf8();
    if (!Token.isName(name) || !isZero(field.slice(end, NAME_SIZE))) {
      throw in.failAt(at, "expected a printable name without blanks, then NULs");
    }
    return name;
  }

  private static boolean isZero(Bytes bytes) {
    return bytes.equals(Bytes.owning(new byte[bytes.size()]));
  }
}
