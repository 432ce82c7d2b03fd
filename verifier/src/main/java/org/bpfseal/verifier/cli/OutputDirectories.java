// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The directories of a command's outputs. Each is made once and synced once, when all is written: a
 * new name survives a power cut only when its directory is synced, too.
 */
public final class OutputDirectories implements AutoCloseable {
  private final Set<Path> written = ConcurrentHashMap.newKeySet();

  /** Makes it if it isn't there. */
  void make(Path directory) throws IOException {
    if (!written.contains(directory)) {
      Files.createDirectories(directory);
      written.add(directory);
    }
  }

  /** Syncs all that were written to. */
  @Override
  public void close() throws IOException {
    for (Path directory : written) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
    written.clear();
  }
}
