// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bpfseal.testing.HostCommand;
import org.bpfseal.testing.Lab;
import org.bpfseal.testing.ObjectVector;
import org.bpfseal.verifier.bytes.Bytes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole way with the distribution's commands: objects in, real kernels out. */
@Tag("distribution")
class VectorBootTest {
  private static final Path BIN = Lab.repository().resolve("preload/target/bpfseal/bin");
  private static final Path KEYS = Lab.repository().resolve("keys-example");

  /** What doesn't say itself where it belongs. */
  private static final Map<String, String> LINKS =
      Map.of(
          "tracepoints",
              """
              link exec on_exec tracepoint category=sched name=sched_process_exec
              link switch on_switch raw_tracepoint name=sched_switch
              """,
          "kprobes",
              """
              link enter enter_vfs_read kprobe func=vfs_read
              link return return_vfs_read kprobe func=vfs_read ret=1
              link many enter_any kprobe_multi funcs=vfs_read,vfs_write
              """,
          "xdp-and-tc",
              """
              pin packets
              link frames count_frames xdp dev=lo mode=generic
              link incoming look_at_incoming tcx dev=lo
              """,
          "cgroup-network",
              """
              link in count_in cgroup path=/
              link connect allow_connect cgroup path=/
              """,
          "netfilter-accept",
              "link in accept_packet netfilter pf=ipv4 hook=local_in priority=-128\n");

  @TempDir Path folder;

  private HostCommand command(String name, Object... words) {
    List<Object> all = new ArrayList<>(List.of(BIN.resolve(name)));
    all.addAll(List.of(words));
    return HostCommand.run(Map.of(), all.toArray());
  }

  private void succeed(String name, Object... words) {
    HostCommand answer = command(name, words);
    assertThat(answer.exitCode()).as(answer.text()).isZero();
  }

  /** Builds and boots; clang 14 and 19 share one image, and each compression has its turn. */
  @ParameterizedTest
  @CsvSource({"7.3, zstd", "6.18, xz"})
  void everyObjectIsLoadedAttachedAndPinned(String kernel, String compression) throws IOException {
    List<ObjectVector> vectors =
        ObjectVector.all().stream().filter(vector -> vector.loads().contains(kernel)).toList();
    StringBuilder plan = new StringBuilder("bpfseal-plan 1\nversion 1\nkernels " + kernel + "\n");
    plan.append("cert ").append(KEYS.resolve("rsa.crt")).append('\n');
    for (ObjectVector vector : vectors) {
      String compiler = String.valueOf(vector.object().getName(vector.object().getNameCount() - 2));
      Path out = folder.resolve(compiler);
      succeed(
          "bpf-sign",
          "sign",
          "--key",
          KEYS.resolve("rsa.key"),
          "--cert",
          KEYS.resolve("rsa.crt"),
          "--out",
          out,
          vector.object());
      plan.append(
          "program %s/%s.bpfs as %s-%s%n".formatted(out, vector.name(), vector.name(), compiler));
      // The link names and a device's XDP slot are there once, so one compiler's get attached.
      plan.append(
          compiler.equals("clang-19") ? LINKS.getOrDefault(vector.name(), "") : "links none\n");
    }
    Files.writeString(folder.resolve("plan"), plan);
    build(compression);
    HostCommand boot =
        command("bpf-preload", "boot", folder.resolve("image"), "--kernel", Lab.kernel(kernel));

    assertThat(vectors).hasSizeGreaterThan(40);
    assertThat(boot.text())
        .contains("boot accepted: " + vectors.size() + " programs, ")
        .contains("manifest  carrier none");
    assertThat(boot.exitCode()).isZero();
  }

  /** One bit of a finished image: what the offline check says is what the kernel says. */
  @ParameterizedTest
  @CsvSource({"7.3, load, EKEYREJECTED", "6.18, hash, EBADMSG"})
  void aFlippedBitOfTheBlobHaltsTheMachine(String kernel, String step, String result)
      throws IOException {
    succeed(
        "bpf-sign",
        "sign",
        "--key",
        KEYS.resolve("rsa.key"),
        "--cert",
        KEYS.resolve("rsa.crt"),
        "--out",
        folder,
        Lab.vectors().resolve("objects/clang-19/lsm-observers.bpf.o"));
    Files.writeString(
        folder.resolve("plan"),
        "bpfseal-plan 1\nversion 1\ncert %s\nprogram lsm-observers.bpfs\n"
            .formatted(KEYS.resolve("rsa.crt")));
    build("none");
    flip(folder.resolve("image"));
    HostCommand boot =
        command("bpf-preload", "boot", folder.resolve("image"), "--kernel", Lab.kernel(kernel));

    assertThat(boot.text())
        .contains("boot refused: %s at step %s of lsm-observers".formatted(result, step));
    assertThat(boot.exitCode()).isEqualTo(1);

    flip(folder.resolve("lsm-observers.bpfs"));
    HostCommand manifest =
        command(
            "bpf-preload",
            "manifest",
            "--plan",
            folder.resolve("plan"),
            "--out",
            folder.resolve("manifest"),
            "--force");
    HostCommand build = rebuild();
    assertThat(manifest.exitCode() == 0 ? build.exitCode() : manifest.exitCode()).isEqualTo(1);
  }

  /** A guard signed, planned and packed by the commands holds the links that the plan says. */
  @Test
  void aGuardedImageHoldsItsLinks() throws IOException {
    Path guard = folder.resolve("guard.bpf.o");
    succeed("bpf-preload", "guard", "--out", guard);
    succeed(
        "bpf-sign",
        "sign",
        "--key",
        KEYS.resolve("rsa.key"),
        "--cert",
        KEYS.resolve("rsa.crt"),
        "--out",
        folder,
        guard,
        Lab.vectors().resolve("objects/clang-19/lsm-observers.bpf.o"),
        Lab.vectors().resolve("objects/clang-19/xdp-and-tc.bpf.o"));
    Files.writeString(
        folder.resolve("plan"),
        """
        bpfseal-plan 1
        version 1
        cert %1$s/rsa.crt
        guard guard.bpfs signed
        confirm %1$s/other.crt as operator
        confirm %1$s/p256.crt as second
        program lsm-observers.bpfs
          links auto stop-on-confirm=operator
        program xdp-and-tc.bpfs
          link frames count_frames xdp dev=lo mode=generic stop-on-confirm=none
          link incoming look_at_incoming tcx dev=lo
        """
            .formatted(KEYS));
    build("zstd");
    HostCommand boot =
        command("bpf-preload", "boot", folder.resolve("image"), "--kernel", Lab.kernel("7.3"));

    assertThat(Files.readString(folder.resolve("manifest")))
        .contains("lsm stop-on-confirm=operator.der\n", "stop-on-confirm=none best-effort\n");
    assertThat(boot.text())
        .containsPattern("manifest  carrier guard  result OK")
        .containsPattern("seal +result OK  loads signed  held 4  nonce [0-9a-f]{32}")
        .contains("boot accepted: 2 programs, ");
    assertThat(boot.exitCode()).isZero();
  }

  /** A manifest that was changed or reordered after it was made isn't packed. */
  @ParameterizedTest
  @CsvSource({"failure halt, failure reboot", "link watch_open, link other_open"})
  void aChangedManifestIsNotPacked(String right, String wrong) throws IOException {
    succeed(
        "bpf-sign",
        "sign",
        "--key",
        KEYS.resolve("rsa.key"),
        "--cert",
        KEYS.resolve("rsa.crt"),
        "--out",
        folder,
        Lab.vectors().resolve("objects/clang-19/lsm-observers.bpf.o"));
    Files.writeString(
        folder.resolve("plan"),
        "bpfseal-plan 1\nversion 1\ncert %s\nprogram lsm-observers.bpfs\n"
            .formatted(KEYS.resolve("rsa.crt")));
    build("none");
    Path manifest = folder.resolve("manifest");
    String text = Files.readString(manifest);
    assertThat(text).contains(right);
    Files.writeString(manifest, text.replace(right, wrong));
    HostCommand answer = rebuild();

    assertThat(answer.text()).contains("is not the manifest of");
    assertThat(answer.exitCode()).isEqualTo(1);
  }

  private void build(String compression) {
    Path manifest = folder.resolve("manifest");
    succeed("bpf-preload", "manifest", "--plan", folder.resolve("plan"), "--out", manifest);
    sign(manifest);
    succeed(
        "bpf-preload",
        "build",
        "--plan",
        folder.resolve("plan"),
        "--manifest",
        manifest,
        "--out",
        folder.resolve("image"),
        "--compress",
        compression);
  }

  private HostCommand rebuild() {
    Path manifest = folder.resolve("manifest");
    sign(manifest);
    return command(
        "bpf-preload",
        "build",
        "--plan",
        folder.resolve("plan"),
        "--manifest",
        manifest,
        "--out",
        folder.resolve("again"));
  }

  private void sign(Path manifest) {
    succeed(
        "bpf-sign",
        "sign",
        "--as",
        "data",
        "--force",
        "--key",
        KEYS.resolve("rsa.key"),
        "--cert",
        KEYS.resolve("rsa.crt"),
        manifest);
  }

  private static void flip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Bytes wanted = Bytes.utf8("bpf_lsm_file_open");
    Bytes content = Bytes.of(bytes);
    int at = 0;
    while (!content.from(at).startsWith(wanted)) {
      at++;
    }
    bytes[at] ^= 1;
    Files.write(file, bytes);
  }
}
