// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.bpfseal.verifier.bytes.Bytes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The boot loader as process 1 of Debian's kernels; bpftool and openssl make what it loads. */
@Tag("lab")
class LoaderBootTest {
  private static final String LSM_OBJECTS =
      "map lsm_obse.bss array\nprog watch_open lsm\nprog watch_exec lsm\nprog watch_committed lsm\n";
  private static final String LSM_LINK = "link open watch_open lsm\n";

  @TempDir static Path folder;
  private static LabKey key;
  private static LabProgram lsm;

  @BeforeAll
  static void makeProgram() {
    key = new LabKey("rsa", folder);
    lsm = LabProgram.of("lsm-observers", key, LSM_OBJECTS + LSM_LINK);
  }

  private static LabImage image() {
    return new LabImage().trusting(key.der());
  }

  private static Guest boot(String kernel, LabImage image) {
    return Guest.boot(kernel, image.write(folder.resolve("image")));
  }

  private static LabProgram tracing() {
    return LabProgram.of(
        "tracing-targets",
        key,
        """
        map tracing_.bss array
        prog enter_read tracing
        prog leave_read tracing
        prog keep_return_val tracing
        prog typed_exec tracing
        link enter enter_read tracing
        link leave leave_read tracing
        link keep keep_return_val tracing
        link exec typed_exec tracing
        """);
  }

  private static LabProgram tracepoints() {
    return LabProgram.of(
        "tracepoints",
        key,
        """
        map tracepoi.bss array
        prog on_exec tracepoint
        prog on_exit tracepoint
        prog on_switch raw_tracepoint
        link switch on_switch raw_tracepoint name=sched_switch
        link exec on_exec tracepoint category=sched name=sched_process_exec
        """);
  }

  private static LabProgram kprobes() {
    return LabProgram.of(
        "kprobes",
        key,
        """
        map kprobes.bss array
        prog enter_vfs_read kprobe
        prog return_vfs_read kprobe
        prog enter_any kprobe
        link enter enter_vfs_read kprobe func=vfs_read
        link return return_vfs_read kprobe func=vfs_read ret=1
        link many enter_any kprobe_multi funcs=vfs_read,vfs_write,vfs_open
        """);
  }

  private static LabProgram packets() {
    return LabProgram.of(
        "xdp-and-tc",
        key,
        """
        map packets percpu_array pin
        prog count_frames xdp
        prog pass_large_fram xdp
        prog classify sched_cls
        prog look_at_incomin sched_cls
        link frames count_frames xdp dev=lo mode=generic
        link incoming look_at_incomin tcx dev=lo attach_type=46
        """);
  }

  private static LabProgram cgroup() {
    return LabProgram.of(
        "cgroup-network",
        key,
        """
        map cgroup_n.bss array
        prog count_in cgroup_skb
        prog count_out cgroup_skb
        prog allow_connect cgroup_sock_addr
        prog allow_socket cgroup_sock
        link in count_in cgroup attach_type=0 path=/
        link connect allow_connect cgroup attach_type=10 path=/
        """);
  }

  private static LabProgram iterators() {
    return LabProgram.of(
        "iterators",
        key,
        """
        map iterator.rodata array
        prog list_tasks tracing
        prog list_maps tracing
        link tasks list_tasks iter
        """);
  }

  private static LabProgram netfilter() {
    return LabProgram.of(
        "netfilter-accept",
        key,
        """
        map netfilte.bss array
        prog accept_packet netfilter
        link in accept_packet netfilter pf=2 hook=1 priority=-128
        """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"7.3", "6.18"})
  void everyLinkKindIsAttachedAndPinned(String kernel) {
    LabImage image = image();
    List.of(lsm, tracing(), tracepoints(), kprobes(), packets(), cgroup(), iterators(), netfilter())
        .forEach(image::required);
    Guest guest = boot(kernel, image);

    assertThat(guest.report())
        .startsWith(
            guest.report().getFirst(),
            "cert name=release.der result=OK",
            "keyring kind=user restricted=yes result=OK",
            "manifest carrier=none",
            "program name=lsm-observers form=" + kernel + " step=load result=OK carrier=kernel",
            "link program=lsm-observers name=open kind=lsm step=attach result=OK")
        .endsWith("done programs=8 links=16 failed=0 next=/sbin/next");
    assertThat(guest.report().getFirst()).startsWith("start version=7 kernel=" + kernel + ".");
    assertThat(guest.pins())
        .containsExactlyInAnyOrder(
            "/bpfseal/lsm-observers/open",
            "/bpfseal/tracing-targets/enter",
            "/bpfseal/tracing-targets/leave",
            "/bpfseal/tracing-targets/keep",
            "/bpfseal/tracing-targets/exec",
            "/bpfseal/tracepoints/switch",
            "/bpfseal/tracepoints/exec",
            "/bpfseal/kprobes/enter",
            "/bpfseal/kprobes/return",
            "/bpfseal/kprobes/many",
            "/bpfseal/xdp-and-tc/maps/packets",
            "/bpfseal/xdp-and-tc/frames",
            "/bpfseal/xdp-and-tc/incoming",
            "/bpfseal/cgroup-network/in",
            "/bpfseal/cgroup-network/connect",
            "/bpfseal/iterators/tasks",
            "/bpfseal/netfilter-accept/in");
    assertThat(guest.ended()).isTrue();
  }

  /**
   * What 6.18 answers otherwise than 7.3: its signature covers the instructions only and is checked
   * first.
   */
  private static String differing(String kernel, String newer, String older) {
    return kernel.equals("7.3") ? newer : older;
  }

  @ParameterizedTest
  @ValueSource(strings = {"7.3", "6.18"})
  void damagedProgramsAreRefusedWithTheKernelsErrno(String kernel) {
    LabKey other = new LabKey("other", folder);
    LabImage image =
        image()
            .optional(lsm.named("unsigned").without("sig.p7s"))
            .optional(lsm.named("empty-signature").withFile("sig.p7s", bytes -> Bytes.EMPTY))
            .optional(lsm.named("insns").withFile("insns", LabProgram.bitFlippedAt(80)))
            .optional(lsm.named("data").withFile("data", LabProgram.bitFlippedAt(100)))
            .optional(lsm.named("signature").withFile("sig.p7s", LabProgram.bitFlippedAt(-5)))
            .optional(LabProgram.of("lsm-observers", other, LSM_OBJECTS).named("stranger"))
            .optional(lsm.named("short").withFile("data", bytes -> bytes.slice(0, 8)))
            .optional(lsm.named("other-data").withLines(LoaderBootTest::otherDataHash))
            .optional(lsm.named("newest-only").withLines(lines -> withoutForm(lines, kernel)))
            .optional(tracing().named("target").withData(key, LoaderBootTest::withoutTarget))
            .required(lsm);
    Guest guest = boot(kernel, image);

    assertThat(refusals(guest))
        .containsExactly(
            "unsigned step=read result=ENOENT",
            "empty-signature step=read result=EBADMSG",
            "insns step=load result=" + differing(kernel, "EACCES", "EKEYREJECTED"),
            "data step=" + differing(kernel, "load result=EKEYREJECTED", "hash result=EBADMSG"),
            "signature step=load result=EKEYREJECTED",
            "stranger step=load result=ENOKEY",
            "short step=read result=EBADMSG",
            "other-data step=hash result=EBADMSG",
            "newest-only step=form result=ENOPKG",
            "target step=run result=ENOENT");
    assertThat(guest.report()).endsWith("done programs=1 links=1 failed=10 next=/sbin/next");
    assertThat(guest.pins()).containsExactly("/bpfseal/lsm-observers/open");
  }

  @Test
  void whatTheManifestGetsWrongIsRefusedAndUndone() {
    LabImage image =
        image()
            .optional(described("map-name", LSM_OBJECTS.replace("lsm_obse.bss", "other.bss")))
            .optional(described("map-type", LSM_OBJECTS.replace("bss array", "bss hash")))
            .optional(described("prog-name", LSM_OBJECTS.replace("watch_exec", "watch_all")))
            .optional(described("prog-type", LSM_OBJECTS.replace("exec lsm", "exec tracing")))
            .optional(described("one-less", LSM_OBJECTS.replace("prog watch_exec lsm\n", "")))
            .optional(described("one-more", LSM_OBJECTS + "prog further lsm\n"))
            .optional(described("kind", LSM_OBJECTS + LSM_LINK + "link x watch_exec iter\n"))
            .optional(
                wrongLink(packets(), "dev", "dev=lo attach_type=46", "dev=eth7 attach_type=46"))
            .optional(wrongLink(tracepoints(), "event", "category=sched", "category=nothing"))
            .optional(wrongLink(kprobes(), "func", "func=vfs_read ret=1", "func=no_such_function"))
            .optional(
                wrongLink(cgroup(), "path", "attach_type=10 path=/", "attach_type=10 path=/a"))
            .required(lsm);
    Guest guest = boot("7.3", image);

    assertThat(refusals(guest))
        .containsExactly(
            "map-name step=inventory result=EBADMSG",
            "map-type step=inventory result=EBADMSG",
            "prog-name step=inventory result=EBADMSG",
            "prog-type step=inventory result=EBADMSG",
            "one-less step=run result=EINVAL",
            "one-more step=inventory result=EBADF",
            "kind step=attach result=EINVAL",
            "dev step=attach result=ENODEV",
            "event step=attach result=ENOENT",
            "func step=attach result=ENOENT",
            "path step=attach result=ENOENT");
    assertThat(guest.report())
        .contains("map program=dev name=packets step=pin result=OK")
        .contains("link program=kind name=open kind=lsm step=attach result=OK");
    assertThat(guest.pins()).containsExactly("/bpfseal/lsm-observers/open");
  }

  @Test
  void aRequiredProgramThatFailsHaltsTheMachine() {
    Guest guest =
        boot(
            "7.3",
            image()
                .required(lsm.withFile("data", LabProgram.bitFlippedAt(100)))
                .required(netfilter()));

    assertThat(guest.report())
        .endsWith("failure step=load result=EKEYREJECTED outcome=halt program=lsm-observers")
        .noneMatch(line -> line.startsWith("done") || line.contains("netfilter"));
    assertThat(guest.ended()).isFalse();
    assertThat(guest.pins()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"7.3", "6.18"})
  void anEllipticKeySignsToo(String kernel) {
    LabKey elliptic = new LabKey("p256", folder);
    LabProgram program = LabProgram.of("lsm-observers", elliptic, LSM_OBJECTS + LSM_LINK);
    Guest guest = boot(kernel, new LabImage().trusting(elliptic.der()).required(program));

    assertThat(guest.report()).endsWith("done programs=1 links=1 failed=0 next=/sbin/next");
  }

  @Test
  void aFailureRebootsWhereTheManifestSaysSo() {
    LabImage image = image().ending("failure reboot\nnext /sbin/none\n").required(lsm);
    Guest guest = boot("7.3", image);

    assertThat(guest.report()).endsWith("failure step=next result=ENOENT outcome=reboot");
    assertThat(guest.ended()).isTrue();
  }

  @Test
  void aManifestThatCannotBeReadHalts() {
    Bytes manifest = Bytes.utf8("bpfseal-manifest 1\nversion 0\n");
    Guest guest = boot("7.3", image().file("etc/bpfseal/manifest", manifest));

    assertThat(guest.report())
        .contains(
            "manifest result=EBADMSG line=2 column=9" + " expected=a_number_from_1_to_4294967295",
            "failure step=manifest result=EBADMSG outcome=halt");
  }

  @Test
  void aDamagedCertificateHalts() {
    Bytes damaged = LabProgram.bitFlippedAt(1).apply(key.der());
    Guest guest = boot("7.3", new LabImage().trusting(damaged).required(lsm));

    assertThat(guest.report())
        .contains("cert name=release.der result=EBADMSG")
        .endsWith("failure step=cert result=EBADMSG outcome=halt");
  }

  @Test
  void theKernelsOwnKeyringDoesNotKnowOurKey() {
    Guest guest = boot("7.3", new LabImage().required(lsm));

    assertThat(guest.report())
        .contains("keyring kind=builtin restricted=kernel result=OK")
        .endsWith("failure step=load result=ENOKEY outcome=halt program=lsm-observers");
  }

  private static LabProgram described(String name, String lines) {
    return lsm.named(name).describedAs(lines);
  }

  private static LabProgram wrongLink(LabProgram program, String name, String right, String wrong) {
    assertThat(program.described()).contains(right);
    return program.named(name).describedAs(program.described().replace(right, wrong));
  }

  private static String otherDataHash(String lines) {
    return lines.replaceFirst(
        "(data [0-9]+) .", "$1 " + (lines.matches("data [0-9]+ 0(?s:.*)") ? "1" : "0"));
  }

  private static String withoutForm(String lines, String kernel) {
    return lines.replaceFirst("form " + kernel + " .*\n", "");
  }

  /** The name that the loader looks up when it runs. */
  private static Bytes withoutTarget(Bytes data) {
    String text = new String(data.toArray(), StandardCharsets.ISO_8859_1);
    assertThat(text).contains("vfs_read\0");
    return Bytes.owning(
        text.replace("vfs_read\0", "vfs_none\0").getBytes(StandardCharsets.ISO_8859_1));
  }

  /** NAME step=STEP result=ERRNO of every program that was passed over. */
  private static List<String> refusals(Guest guest) {
    return guest.report().stream()
        .filter(line -> line.startsWith("failure "))
        .map(line -> line.replaceFirst("failure (.*) outcome=continue program=(.*)", "$2 $1"))
        .toList();
  }
}
