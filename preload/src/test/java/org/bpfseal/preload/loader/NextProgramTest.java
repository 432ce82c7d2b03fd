// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.bpfseal.testing.HostCommand;
import org.bpfseal.testing.Lab;
import org.bpfseal.verifier.bytes.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the program after the boot loader finds. */
@Tag("lab")
class NextProgramTest {
  private static final Pattern STARTED = Pattern.compile(".*?start: (.*?)\\s*");

  @TempDir Path folder;

  private LabKey key() {
    return new LabKey("rsa", folder);
  }

  /** Its links make the loader mount tracefs and cgroup2; the second fails. */
  private LabProgram program() {
    return LabProgram.of(
        "tracepoints",
        key(),
        """
        map tracepoi.bss array
        prog on_exec tracepoint
        prog on_exit tracepoint
        prog on_switch raw_tracepoint
        link exec on_exec tracepoint category=sched name=sched_process_exec
        link fails on_exit cgroup attach_type=0 path=/
        """);
  }

  @Test
  void getsItsArgumentsAndNothingOfTheLoadersButThePins() throws IOException {
    Path next = folder.resolve("print_start");
    HostCommand.outputOf(
        "musl-gcc",
        "-static",
        "-O1",
        "-Wall",
        "-Werror",
        "-o",
        next,
        Lab.repository().resolve("preload/src/test/c/print_start.c"));
    Path image =
        new LabImage()
            .trusting(key().der())
            .file("sbin/next", Bytes.owning(Files.readAllBytes(next)))
            .optional(program())
            .write(folder.resolve("image"));
    Guest guest = Guest.boot("7.3", image, "bpfseal_unknown=1", "--", "single", "a b");

    assertThat(guest.report()).endsWith("done programs=0 links=0 failed=1 next=/sbin/next");
    assertThat(guest.matching(STARTED))
        .containsExactly(
            "argument 0 /sbin/next",
            "argument 1 single",
            "argument 2 a",
            "argument 3 b",
            "environment 0 HOME=/",
            "environment 1 TERM=linux",
            "fd 0",
            "fd 1",
            "fd 2",
            "path /bpfseal 1700",
            "umask 22");
    assertThat(guest.ended()).isTrue();
  }
}
