// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.bpfseal.signer.file.KernelModule;
import org.bpfseal.verifier.bytes.Bytes;

/** Tells a module that is signed without reading all of it. */
final class SignedFiles {
  private static final int MARKER = 28;

  private SignedFiles() {}

  static boolean isSigned(Path module) throws IOException {
    try (FileChannel channel = FileChannel.open(module, StandardOpenOption.READ)) {
      ByteBuffer end = ByteBuffer.allocate(MARKER);
      channel.read(end, Math.max(0, channel.size() - MARKER));
      byte[] bytes = new byte[end.position()];
      end.flip().get(bytes);
      return KernelModule.isSigned(Bytes.owning(bytes));
    }
  }
}
