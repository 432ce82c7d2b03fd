// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.loader;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bpfseal.testing.HostCommand;
import org.bpfseal.testing.Lab;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * What commands said on a machine that an image booted.
 *
 * @param guest all of it
 */
record GuestCommands(Guest guest) {
  static final String CONTROL = "/usr/lib/bpfseal/init ";

  /**
   * One of them.
   *
   * @param lines what it printed, its errors among it
   */
  record Answer(int exit, List<String> lines) {}

  /** Adds the program that runs them as the image's next one. */
  static LabImage into(LabImage image, Path scratch, String... commands) {
    Path program = scratch.resolve("commands");
    Path source = Lab.repository().resolve("preload/src/test/c/commands.c");
    HostCommand.outputOf(
        "musl-gcc",
        "-std=c11",
        "-D_GNU_SOURCE",
        "-static",
        "-Os",
        "-Wall",
        "-Wextra",
        "-Werror",
        "-o",
        program,
        source);
    try {
      return image
          .file("sbin/next", Bytes.owning(Files.readAllBytes(program)))
          .file("etc/commands", Bytes.utf8(String.join("\n", commands) + "\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In the order in which they ran. */
  List<Answer> answers() {
    List<Answer> answers = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (String line : guest.console()) {
      String text = line.stripTrailing();
      if (text.startsWith("commands: run ")) {
        lines = new ArrayList<>();
      } else if (text.startsWith("commands: exit ")) {
        answers.add(new Answer(Integer.parseInt(text.substring(15)), List.copyOf(lines)));
      } else {
        lines.add(text);
      }
    }
    return answers;
  }
}
