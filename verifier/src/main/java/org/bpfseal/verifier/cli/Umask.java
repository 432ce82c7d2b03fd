// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The permissions that a new file gets under this process's umask.
 *
 * <p>Temporary files are made 0600 by the JDK; under their final name they should look like any
 * file that the user's other tools write. Java has no umask call, so Linux's {@code
 * /proc/self/status} is asked; where that can't be read, 0644 is assumed.
 */
final class Umask {
  private static final Set<PosixFilePermission> ALL = PosixFilePermissions.fromString("rw-rw-rw-");

  private Umask() {}

  static Set<PosixFilePermission> permissions() {
    int mask = read();
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    for (PosixFilePermission permission : ALL) {
      if ((mask & (0400 >> permission.ordinal())) == 0) {
        permissions.add(permission);
      }
    }
    return permissions;
  }

  private static int read() {
    try {
      List<String> lines = Files.readAllLines(Path.of("/proc/self/status"));
      for (String line : lines) {
        if (line.startsWith("Umask:")) {
          return Integer.parseInt(line.substring(6).strip(), 8);
        }
      }
    } catch (IOException | NumberFormatException e) {
      return 022;
    }
    return 022;
  }
}
