// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.bpfseal.signer.SignableUnit;
import org.bpfseal.signer.Signature;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * A kernel module, whose output is a copy with its signature appended.
 *
 * <pre>
 *   module            the ELF file: what is signed
 *   message           CMS, detached
 *   00 00 02 00 00    algorithm, hash, id type (2: PKCS#7), signer and key id lengths
 *   00 00 00          padding
 *   length            of the message: u32, big endian
 *   marker            "~Module signature appended~", newline
 * </pre>
 *
 * <p>These are the bytes of the kernel's {@code scripts/sign-file.c}; read by {@code
 * kernel/module_signature.c}, {@code mod_check_sig()}, at 7.3.
 */
public final class KernelModule implements SignableUnit {
  private static final String FORMAT = "module";
  private static final Bytes MARKER = Bytes.utf8("~Module signature appended~\n");
  private static final Bytes ELF = Bytes.hex("7f454c46");
  private static final int TRAILER = 12;

  private final Bytes module;

  private KernelModule(Bytes module) {
    this.module = module;
  }

  /**
   * A module without a signature.
   *
   * @throws FormatException if it isn't an ELF file (a compressed module, say)
   */
  public static KernelModule of(Bytes file) throws FormatException {
    if (!file.startsWith(ELF)) {
      throw new FormatException(
          FORMAT, "ELF header", 0, "expected 7f 45 4c 46, found no ELF file (compressed?)");
    }
    return new KernelModule(file);
  }

  /** Whether a signature is appended already, good or bad. */
  public static boolean isSigned(Bytes file) {
    return file.size() >= MARKER.size() && file.from(file.size() - MARKER.size()).equals(MARKER);
  }

  /**
   * The file without its appended signature.
   *
   * @throws FormatException if the trailer doesn't fit the file
   */
  public static Bytes withoutSignature(Bytes file) throws FormatException {
    int end = file.size() - MARKER.size() - TRAILER;
    if (!isSigned(file) || end < 0) {
      throw new FormatException(
          FORMAT, "trailer", file.size(), "expected an appended signature, found none");
    }
    long length = file.u32(end + TRAILER - 4, ByteOrder.BIG_ENDIAN);
    if (length >= end) {
      throw new FormatException(
          FORMAT, "trailer / sig_len", end + 8, "expected less than " + end + ", found " + length);
    }
    return file.slice(0, end - (int) length);
  }

  @Override
  public List<Part> parts() {
    return List.of(new Part("", "the whole module", module));
  }

  @Override
  public Bytes complete(List<Signature> signatures) {
    Bytes message = signatures.getFirst().der();
    byte[] trailer =
        ByteBuffer.allocate(TRAILER).put(2, (byte) 2).putInt(8, message.size()).array();
    return Bytes.concat(module, message, Bytes.owning(trailer), MARKER);
  }
}
