// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.bpfseal.signer.SignableUnit;
import org.bpfseal.signer.Signature;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * A file under fs-verity; its output is the signature alone, for {@code fsverity enable
 * --signature}.
 *
 * <p>Signed is the formatted digest: {@code "FSVerity"}, the hash algorithm's number and the
 * digest's length (u16, little endian), the digest. Source: {@code fs/verity/signature.c} at 7.3.
 *
 * @param digest of the file, not yet formatted
 */
public record FsVerityFile(FsVerityParameters parameters, Bytes digest) implements SignableUnit {
  /** Reads a file to its end. */
  public static FsVerityFile of(InputStream in, FsVerityParameters parameters) throws IOException {
    return new FsVerityFile(parameters, FsVerityDigest.of(in, parameters));
  }

  @Override
  public List<Part> parts() {
    ByteBuffer head = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    head.put(Bytes.utf8("FSVerity").toArray());
    head.putShort((short) parameters.algorithm()).putShort((short) digest.size());
    Bytes formatted = Bytes.concat(Bytes.owning(head.array()), digest);
    return List.of(new Part("", "the fs-verity digest " + digest.toHex(), formatted));
  }

  @Override
  public Bytes complete(List<Signature> signatures) {
    return signatures.getFirst().der();
  }
}
