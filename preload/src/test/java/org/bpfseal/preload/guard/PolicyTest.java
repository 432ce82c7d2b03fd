// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpfseal.preload.loader.LabImage;
import org.bpfseal.preload.loader.LabKey;
import org.bpfseal.preload.loader.LabProgram;
import org.bpfseal.testing.HostCommand;
import org.bpfseal.testing.Lab;
import org.bpfseal.testing.Machine;
import org.bpfseal.verifier.bytes.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An execution-control policy of nine held programs, with lists that come signed by {@code bpf-sign
 * sign --as data}'s format: what it allows and refuses on real kernels.
 */
@Tag("lab")
class PolicyTest {
  private static final Pattern SAID = Pattern.compile("policy: (.*?)\\s*");

  /** In the order of the object's sections. */
  private static final String DESCRIBED =
      """
      map signed_data_rin array
      map allowed hash
      map listed inode_storage
      map messages array
      map policy.rodata array
      prog check_exec lsm
      prog check_mmap lsm
      prog check_mprotect lsm
      prog check_open lsm
      prog check_kernel_re lsm
      prog check_kernel_lo lsm
      prog check_trace lsm
      prog check_map lsm
      prog feed_list lsm
      link exec check_exec lsm stop-on-confirm
      link mmap check_mmap lsm stop-on-confirm
      link mprotect check_mprotect lsm stop-on-confirm
      link open check_open lsm stop-on-confirm
      link read check_kernel_re lsm stop-on-confirm
      link load check_kernel_lo lsm stop-on-confirm
      link trace check_trace lsm stop-on-confirm
      link map check_map lsm stop-on-confirm
      link feed feed_list lsm stop-on-confirm
      """;

  @TempDir Path folder;

  private static Bytes list(Bytes... files) {
    StringBuilder hex = new StringBuilder(Bytes.utf8("BSMLIST1").toHex());
    hex.append("%02x00000000000000".formatted(files.length));
    for (Bytes file : files) {
      hex.append(LabProgram.sha256(file));
    }
    return Bytes.hex(hex.toString());
  }

  /** The object, which has its first program's digest in it. */
  private LabProgram policy(LabKey key, Bytes first) {
    String digest =
        Stream.of(LabProgram.sha256(first).split("(?<=\\G..)"))
            .map(hex -> "0x" + hex)
            .collect(Collectors.joining(",", "{", "}"));
    Path object = folder.resolve("policy.bpf.o");
    HostCommand.outputOf(
        Lab.clang(19),
        "-target",
        "bpf",
        "-mcpu=v3",
        "-ffreestanding",
        "-std=gnu11",
        "-g",
        "-O2",
        "-DFIRST_DIGEST=" + digest,
        "-I" + Lab.repository().resolve("preload/src/main/bpf"),
        "-c",
        Lab.repository().resolve("preload/src/test/bpf/policy.bpf.c"),
        "-o",
        object);
    HostCommand.outputOf(Lab.llvmTool(19, "llvm-strip"), "-g", object);
    return LabProgram.of("policy", object, key, DESCRIBED);
  }

  /**
   * The guest with all that it tries.
   *
   * @param policy whether the nine programs are there, and the guard that holds them; else the
   *     control
   */
  private Path image(boolean policy) {
    LabKey key = new LabKey("rsa", folder);
    LabKey other = new LabKey("other", folder);
    Bytes guest =
        GuestProgram.compile(folder, "policy_guest.c", List.of("system.c", "error_name.c"));
    Bytes listed = Bytes.concat(guest, Bytes.utf8("listed"));
    Bytes unlisted = Bytes.concat(guest, Bytes.utf8("unlisted"));
    Bytes first = list(listed);
    Bytes second = list(unlisted);
    Bytes text = Bytes.utf8("a text that is signed and no list");
    LabImage image =
        new LabImage()
            .trusting(key.der())
            .file("sbin/next", guest)
            .file("bin/listed", listed)
            .file("bin/unlisted", unlisted)
            .file("lists/first", first)
            .file("lists/first.p7s", key.sign(first))
            .file("lists/first.other", other.sign(first))
            .file("lists/second", second)
            .file("lists/second.p7s", key.sign(second))
            .file("lists/text", text)
            .file("lists/text.p7s", key.sign(text))
            .file("late/empty", Bytes.EMPTY);
    if (policy) {
      LabProgram guard = GuardProgram.signedBy(key);
      image.guarded(guard, "signed", Map.of("ops.der", other.der()), key);
      image.required(policy(key, guest));
    } else {
      image.required(LabProgram.of("socket-filter", key, "prog pass_whole_pack socket_filter\n"));
    }
    return image.write(folder.resolve("image"));
  }

  private List<String> said(String kernel, boolean policy) {
    Machine machine =
        new Machine(
            Lab.kernel(kernel),
            image(policy),
            "rdinit=/usr/lib/bpfseal/init quiet loglevel=1",
            1024,
            List.of(),
            Duration.ofMinutes(3));
    List<String> console = machine.boot(line -> line.contains(" outcome=halt")).lines();
    assertThat(console).anyMatch(line -> line.contains(policy ? "held=9" : " done programs=1"));
    return console.stream()
        .map(SAID::matcher)
        .filter(Matcher::matches)
        .map(line -> line.group(1))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"7.3", "6.18"})
  void onlyWhatIsOnSignedListsRunsAndRootCannotChangeThat(String kernel) {
    assertThat(said(kernel, true))
        .containsExactly(
            "run-before-list EPERM",
            "feed-wrong-key ENOKEY",
            "feed-other-list EKEYREJECTED",
            "feed-no-list EBADMSG",
            "run-after-refusals EPERM",
            "map-before-list EPERM",
            "feed EINPROGRESS",
            "run-listed 42",
            "run-unlisted EPERM",
            "map-listed 0",
            "map-listed-writable EPERM",
            "map-unlisted EPERM",
            "map-unlisted-to-read 0",
            "map-memory EPERM",
            "protect EPERM",
            "write-listed EPERM",
            "cut-listed EPERM",
            "write-unlisted 0",
            "module EPERM",
            "trace EPERM",
            "own-maps 0",
            "stop 0",
            "mount 0",
            "run-unlisted-late EPERM",
            "feed-late EINPROGRESS",
            "run-listed-late 42",
            "run-listed-still 42");
  }

  /** All of it works where nobody objects. */
  @Test
  void withoutThePolicyNothingIsRefused() {
    assertThat(said("7.3", false))
        .contains(
            "run-before-list 42",
            "map-before-list 0",
            "feed EINVAL",
            "run-unlisted 42",
            "map-listed-writable 0",
            "map-unlisted 0",
            "map-memory 0",
            "protect 0",
            "write-listed 0",
            "cut-listed 0",
            "module ENOEXEC",
            "trace 0");
  }
}
