// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.guard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.bpfseal.preload.loader.LabKey;
import org.bpfseal.preload.loader.LabProgram;
import org.bpfseal.testing.HostCommand;
import org.bpfseal.testing.Lab;
import org.bpfseal.verifier.bytes.Bytes;

/** The guard as the build has compiled it, made a signed program by bpftool and openssl. */
public final class GuardProgram {
  private static final String MAPS =
      """
      map holds hash
      map marks hash
      map replacements hash
      map attempts task_storage
      map contents array
      map guard.bss array
      map guard.rodata array
      """;

  /** In the order in which either compiler lays out their sections. */
  private static final List<String> PROGS =
      List.of(
          "guard_prog",
          "guard_umount",
          "guard_remount",
          "guard_mount",
          "guard_move",
          "guard_pivot",
          "guard_command",
          "guard_key",
          "guard_lockdown",
          "guard_open",
          "guard_unlink",
          "guard_rename",
          "guard_rmdir",
          "guard_status");

  private GuardProgram() {}

  public static LabProgram signedBy(LabKey key) {
    return of(GuardObject.object(), key);
  }

  /** Not the build's own, but compiled by this version of clang. */
  static LabProgram compiledBy(int clang, LabKey key) {
    Path out = key.scratch().resolve("clang-" + clang);
    HostCommand.outputOf(
        "env",
        "BPF_CLANG=" + Lab.clang(clang),
        "sh",
        Lab.repository().resolve("preload/src/main/bpf/build.sh"),
        out);
    try {
      return of(Bytes.owning(Files.readAllBytes(out.resolve("guard.bpf.o"))), key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LabProgram of(Bytes compiled, LabKey key) {
    Path object = key.scratch().resolve("guard.bpf.o");
    try {
      Files.write(object, compiled.toArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String progs =
        PROGS.stream()
            .map(name -> "prog " + name + (name.equals("guard_status") ? " tracing" : " lsm"))
            .collect(Collectors.joining("\n", "", "\n"));
    return LabProgram.of(GuardObject.NAME, object, key, MAPS + progs);
  }
}
