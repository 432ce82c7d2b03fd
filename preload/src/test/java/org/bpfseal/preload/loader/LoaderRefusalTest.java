// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.bpfseal.verifier.bytes.Bytes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the kernel and the boot loader refuse, with the errno and the step that the report names.
 */
@Tag("lab")
class LoaderRefusalTest {
  private static final long SEED = 20260101;
  private static final int FLIPS = 20;

  @TempDir static Path folder;
  private static LabKey key;
  private static LabPrograms programs;
  private static LabProgram lsm;

  @BeforeAll
  static void makeProgram() {
    key = new LabKey("rsa", folder);
    programs = new LabPrograms(key);
    lsm = programs.lsm();
  }

  private static LabImage image() {
    return new LabImage().trusting(key.der());
  }

  private static Guest boot(String kernel, LabImage image) {
    return Guest.boot(kernel, image.write(folder.resolve("image")));
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
            .optional(
                LabProgram.of("lsm-observers", other, LabPrograms.LSM_OBJECTS).named("stranger"))
            .optional(lsm.named("short").withFile("data", bytes -> bytes.slice(0, 8)))
            .optional(lsm.named("other-data").withLines(LoaderRefusalTest::otherDataHash))
            .optional(lsm.named("newest-only").withLines(lines -> withoutForm(lines, kernel)))
            .optional(
                programs.tracing().named("target").withData(key, LoaderRefusalTest::withoutTarget))
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

  /** One bit a program: 20 of the instructions, 20 of the blob, 20 of the signature. */
  @ParameterizedTest
  @ValueSource(strings = {"7.3", "6.18"})
  void anyFlippedBitOfInstructionsOrBlobIsRefused(String kernel) {
    Random random = new Random(SEED);
    LabImage image = image();
    for (int i = 0; i < FLIPS; i++) {
      for (String file : List.of("insns", "data", "sig.p7s")) {
        image.optional(
            lsm.named(file.replace('.', '-') + "-" + i)
                .withFile(file, bytes -> flipped(bytes, random)));
      }
    }
    Guest guest = boot(kernel, image.required(lsm));

    assertThat(refusals(guest).stream().filter(line -> line.startsWith("insns-")))
        .as("seed %d", SEED)
        .hasSize(FLIPS)
        .allMatch(line -> line.endsWith(differing(kernel, "=EACCES", "=EKEYREJECTED")));
    assertThat(refusals(guest).stream().filter(line -> line.startsWith("data-")))
        .as("seed %d", SEED)
        .hasSize(FLIPS)
        .allMatch(
            line ->
                line.endsWith(
                    differing(kernel, "load result=EKEYREJECTED", "hash result=EBADMSG")));
    // Some bytes of a CMS are not authenticated, so not every flip there is refused.
    assertThat(refusals(guest).stream().filter(line -> line.startsWith("sig-"))).isNotEmpty();
    assertThat(guest.report().getLast()).startsWith("done ");
  }

  @Test
  void whatTheManifestGetsWrongIsRefusedAndUndone() {
    LabImage image =
        image()
            .optional(
                described("map-name", LabPrograms.LSM_OBJECTS.replace("lsm_obse.bss", "other.bss")))
            .optional(
                described("map-type", LabPrograms.LSM_OBJECTS.replace("bss array", "bss hash")))
            .optional(
                described("prog-name", LabPrograms.LSM_OBJECTS.replace("watch_exec", "watch_all")))
            .optional(
                described("prog-type", LabPrograms.LSM_OBJECTS.replace("exec lsm", "exec tracing")))
            .optional(
                described("one-less", LabPrograms.LSM_OBJECTS.replace("prog watch_exec lsm\n", "")))
            .optional(described("one-more", LabPrograms.LSM_OBJECTS + "prog further lsm\n"))
            .optional(
                described(
                    "kind",
                    LabPrograms.LSM_OBJECTS + LabPrograms.LSM_LINK + "link x watch_exec iter\n"))
            .optional(
                wrongLink(
                    programs.packets(), "dev", "dev=lo attach_type=46", "dev=eth7 attach_type=46"))
            .optional(
                wrongLink(programs.tracepoints(), "event", "category=sched", "category=nothing"))
            .optional(
                wrongLink(
                    programs.kprobes(), "func", "func=vfs_read ret=1", "func=no_such_function"))
            .optional(
                wrongLink(
                    programs.cgroup(), "path", "attach_type=10 path=/", "attach_type=10 path=/a"))
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

  /**
   * What 6.18 answers otherwise than 7.3: its signature covers the instructions only and is checked
   * first.
   */
  private static String differing(String kernel, String newer, String older) {
    return kernel.equals("7.3") ? newer : older;
  }

  private static Bytes flipped(Bytes content, Random random) {
    byte[] changed = content.toArray();
    changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
    return Bytes.owning(changed);
  }
}
