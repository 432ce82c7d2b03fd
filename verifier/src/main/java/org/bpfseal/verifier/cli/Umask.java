// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The permissions that a new file gets under this process's umask.
 *
 * <p>Temporary files are made 0600 by the JDK; under their final name they should look like any
 * file that the user's other tools write. Java has no umask call, so Linux's {@code
 * /proc/self/status} is asked; where that can't be read, 022 is assumed.
 */
final class Umask {
  private static final int ASSUMED = 022;

  private Umask() {}

  static Set<PosixFilePermission> permissions() {
    int mode = 0666 & ~read();
    StringBuilder text = new StringBuilder("---------");
    for (int i = 0; i < text.length(); i++) {
      if ((mode & (0400 >> i)) != 0) {
        text.setCharAt(i, "rwxrwxrwx".charAt(i));
      }
    }
    return PosixFilePermissions.fromString(text.toString());
  }

  private static int read() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("Umask:")) {
          return Integer.parseInt(line.substring("Umask:".length()).strip(), 8);
        }
      }
    } catch (IOException | NumberFormatException e) {
      return ASSUMED;
    }
    return ASSUMED;
  }
}
