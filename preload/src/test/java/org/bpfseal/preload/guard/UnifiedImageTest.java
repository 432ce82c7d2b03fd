// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.bpfseal.preload.integration.BootTool;
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

/** A unified kernel image that Debian's ukify makes with the file of integrate, booted by UEFI. */
@Tag("lab")
class UnifiedImageTest {
  @TempDir Path folder;

  private Path image() {
    LabKey key = new LabKey("rsa", folder);
    LabProgram observers =
        LabProgram.of(
            "lsm-observers",
            key,
            """
            map lsm_obse.bss array
            prog watch_open lsm
            prog watch_exec lsm
            prog watch_committed lsm
            link open watch_open lsm stop-on-confirm
            """);
    return new LabImage()
        .trusting(key.der())
        .guarded(
            GuardProgram.signedBy(key),
            "signed",
            Map.of("ops.der", new LabKey("other", folder).der()),
            key)
        .required(observers)
        .write(folder.resolve("preload.img"));
  }

  /**
   * The distribution's own initrd, which has another boot loader's manifest in it: it must lose.
   */
  private Path initrd() {
    return new LabImage()
        .file("etc/bpfseal/manifest", Bytes.utf8("not the manifest\n"))
        .write(folder.resolve("initrd.img"));
  }

  private Path unified() throws IOException {
    String file =
        new String(BootTool.UKIFY.files().getFirst().content().toArray(), StandardCharsets.UTF_8)
            .replace("/boot/initrd.img", initrd().toString())
            .replace(BootTool.IMAGE, image().toString())
            .replace(
                "Cmdline=",
                "Cmdline=console=ttyS0 panic=-1 no_timer_check quiet loglevel=1"
                    + " bpfseal.min_version=7 ");
    Path config = Files.writeString(folder.resolve("uki.conf"), file);
    Path boot = Files.createDirectories(folder.resolve("esp/EFI/BOOT"));
    HostCommand.outputOf(
        Lab.ukify(),
        "build",
        "--config=" + config,
        "--linux=" + Lab.kernel("7.3"),
        "--output=" + boot.resolve("BOOTX64.EFI"));
    return folder.resolve("esp");
  }

  @Test
  void bootsWithItsOwnCommandLineAndHoldsItsLinks() throws IOException {
    Path firmware = Lab.ovmf();
    Path variables = folder.resolve("variables.fd");
    Files.copy(firmware.resolve("OVMF_VARS_4M.fd"), variables);
    Machine machine =
        Machine.ofFirmware(
            1024,
            List.of(
                "-drive",
                "if=pflash,format=raw,unit=0,readonly=on,file="
                    + firmware.resolve("OVMF_CODE_4M.fd"),
                "-drive",
                "if=pflash,format=raw,unit=1,file=" + variables,
                "-drive",
                "format=raw,file=fat:rw:" + unified()),
            Duration.ofMinutes(5));
    Machine.Console console = machine.boot(line -> line.contains(" outcome=halt"));

    assertThat(console.lines())
        .anyMatch(line -> line.contains("floor min_version=7 version=7 result=OK"))
        .anyMatch(line -> line.contains("manifest carrier=guard result=OK"))
        .anyMatch(line -> line.contains("seal result=OK loads=signed held=1"))
        .anyMatch(line -> line.contains("bpfseal-vm: pin path=/bpfseal/lsm-observers/open"));
    assertThat(console.ended()).isTrue();
  }
}
