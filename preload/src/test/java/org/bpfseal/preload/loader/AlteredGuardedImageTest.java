// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bpfseal.preload.guard.GuardProgram;
import org.bpfseal.verifier.bytes.Bytes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images with a guard that somebody without the release key has altered before boot. */
@Tag("lab")
class AlteredGuardedImageTest {
  private static final String HELD =
      LabPrograms.LSM_OBJECTS + "link open watch_open lsm stop-on-confirm\n";

  @TempDir static Path folder;
  private static LabKey key;
  private static LabKey ops;
  private static LabProgram guard;
  private static LabProgram lsm;

  @BeforeAll
  static void makePrograms() {
    key = new LabKey("rsa", folder);
    ops = new LabKey("p256", folder);
    guard = GuardProgram.signedBy(key);
    lsm = LabProgram.of("lsm-observers", key, HELD);
  }

  private static LabImage image() {
    return new LabImage()
        .trusting(key.der())
        .guarded(guard, "types", Map.of("ops.der", ops.der()), key);
  }

  private static List<String> report(String kernel, LabImage image) {
    return Guest.boot(kernel, image.write(folder.resolve("image"))).report();
  }

  /** The same line, otherwise good, with a number that the signature doesn't cover. */
  @ParameterizedTest
  @ValueSource(strings = {"7.3", "6.12"})
  void aManifestThatNobodySignedHalts(String kernel) {
    LabImage image = image().required(lsm);
    String changed = image.manifest().replace("version 7\n", "version 8\n");
    assertThat(report(kernel, image.file("etc/bpfseal/manifest", Bytes.utf8(changed))))
        .contains("manifest carrier=guard result=EKEYREJECTED")
        .endsWith("failure step=manifest result=EKEYREJECTED outcome=halt");
  }

  @Test
  void aManifestSignedByAKeyThatMayOnlyConfirmHalts() {
    LabImage image = image().required(lsm);
    Bytes signature = ops.sign(Bytes.utf8(image.manifest()));
    assertThat(report("7.3", image.file("etc/bpfseal/manifest.p7s", signature)))
        .contains("manifest carrier=guard result=ENOKEY")
        .endsWith("failure step=manifest result=ENOKEY outcome=halt");
  }

  /** Its holder could confirm; no signature covers the certificate but by the manifest's hash. */
  @Test
  void anotherConfirmCertificateIsNotTaken() {
    LabKey intruder = new LabKey("other", folder);
    LabImage image = image().required(lsm).file("etc/bpfseal/certs/ops.der", intruder.der());
    assertThat(report("7.3", image))
        .contains("confirmers ring=1 result=EBADMSG")
        .endsWith("failure step=hold result=EBADMSG outcome=halt program=lsm-observers");
  }

  @Test
  void anotherProgramCertificateIsNotTaken() {
    LabImage image = image().required(lsm).file("etc/bpfseal/certs/release.der", ops.der());
    assertThat(report("7.3", image))
        .contains("cert name=release.der result=EBADMSG")
        .endsWith("failure step=cert result=EBADMSG outcome=halt");
  }

  /**
   * All files are signed by the image's own key, as those of an older version would be, but they
   * are not what the manifest says. Below 6.18 no kernel looks: there the boot loader's hashes are
   * all there is.
   */
  @ParameterizedTest
  @CsvSource({"7.3, hash, EBADMSG", "6.18, load, EACCES", "6.12, hash, EBADMSG"})
  void programsOfTheSameKeyInEachOthersPlaceAreNotTaken(String kernel, String step, String errno) {
    LabProgram older = lsm.withData(key, LabProgram.bitFlippedAt(-9));
    LabProgram tracepoints = new LabPrograms(key).tracepoints();
    LabImage image =
        image()
            .optional(new LabProgram("older", lsm.lines(), lsm.described(), older.files()))
            .optional(new LabProgram("first", lsm.lines(), lsm.described(), tracepoints.files()))
            .optional(
                new LabProgram("second", tracepoints.lines(), tracepoints.described(), lsm.files()))
            .required(lsm);
    assertThat(report(kernel, image))
        .contains(
            "failure step=%s result=%s outcome=continue program=older".formatted(step, errno),
            "failure step=read result=EBADMSG outcome=continue program=first",
            "failure step=read result=EBADMSG outcome=continue program=second",
            "link program=lsm-observers name=open kind=lsm step=hold result=OK")
        .endsWith("done programs=1 links=1 failed=3 next=/sbin/next");
  }
}
