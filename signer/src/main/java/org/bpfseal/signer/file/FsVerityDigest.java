// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * Computes a file's fs-verity digest in one pass, whatever its size.
 *
 * <p>The file is cut into blocks, the last one filled with zeros; their hashes are packed into
 * blocks, which are hashed again, until one hash is left, the root. A salt is hashed before each
 * block, filled with zeros to the hash's own block length. The digest is the hash of a descriptor
 * of 256 bytes, little endian:
 *
 * <pre>
 *     0  u8       version 1
 *     1  u8       hash algorithm
 *     2  u8       log2 of the block size
 *     3  u8       salt length
 *     4  u32      0
 *     8  u64      file size
 *    16  64       root hash, zeros behind it
 *    80  32       salt, zeros behind it
 *   112  144      zeros
 * </pre>
 *
 * <p>Source: the kernel's Documentation/filesystems/fsverity.rst.
 */
final class FsVerityDigest {
  private static final int DESCRIPTOR = 256;

  private final FsVerityParameters parameters;
  private final MessageDigest hash;
  private final byte[] paddedSalt;
  private final List<ByteBuffer> levels = new ArrayList<>();

  private FsVerityDigest(FsVerityParameters parameters) {
    this.parameters = parameters;
    hash = parameters.newHash();
    int unit = parameters.hashBlockSize();
    paddedSalt = Arrays.copyOf(parameters.salt().toArray(), parameters.salt().isEmpty() ? 0 : unit);
  }

  /** The digest of what is left of a stream. */
  static Bytes of(InputStream in, FsVerityParameters parameters) throws IOException {
    FsVerityDigest digest = new FsVerityDigest(parameters);
    byte[] block = new byte[parameters.blockSize()];
    long size = 0;
    int read = in.readNBytes(block, 0, block.length);
    while (read > 0) {
      size += read;
      Arrays.fill(block, read, block.length, (byte) 0);
      digest.add(0, digest.hash(ByteBuffer.wrap(block)));
      read = in.readNBytes(block, 0, block.length);
    }
    return digest.finish(size);
  }

  private byte[] hash(ByteBuffer block) {
    hash.update(paddedSalt);
    hash.update(block);
    return hash.digest();
  }

  private void add(int level, byte[] value) {
    if (level == levels.size()) {
      levels.add(ByteBuffer.allocate(parameters.blockSize()));
    }
    if (!levels.get(level).hasRemaining()) {
      push(level);
    }
    levels.get(level).put(value);
  }

  /** Hashes what a level holds into the next one and empties it. */
  private void push(int level) {
    ByteBuffer block = levels.get(level);
    block.put(new byte[block.remaining()]).flip();
    byte[] value = hash(block);
    block.clear();
    add(level + 1, value);
  }

  private Bytes finish(long size) {
    byte[] root = root();
    ByteBuffer descriptor = ByteBuffer.allocate(DESCRIPTOR).order(ByteOrder.LITTLE_ENDIAN);
    descriptor.put((byte) 1).put((byte) parameters.algorithm());
    descriptor.put((byte) Integer.numberOfTrailingZeros(parameters.blockSize()));
    descriptor.put((byte) parameters.salt().size()).putInt(0).putLong(size);
    descriptor.put(16, root).put(80, parameters.salt().toArray());
    return Bytes.owning(hash.digest(descriptor.array()));
  }

  /** An empty file has no blocks, and zeros for its root. */
  private byte[] root() {
    for (int level = 0; level < levels.size(); level++) {
      boolean top = level == levels.size() - 1;
      if (top && levels.get(level).position() == hash.getDigestLength()) {
        byte[] root = new byte[hash.getDigestLength()];
        levels.get(level).get(0, root);
        return root;
      }
      push(level);
    }
    return new byte[0];
  }
}
