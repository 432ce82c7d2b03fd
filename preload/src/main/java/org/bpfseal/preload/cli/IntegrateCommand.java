// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpfseal.preload.image.ImageFile;
import org.bpfseal.preload.integration.BootTool;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.Given;
import org.bpfseal.verifier.cli.OutputFile;
import org.bpfseal.verifier.cli.Syntax;
import picocli.CommandLine.Model.CommandSpec;

/** {@code bpf-preload integrate}. */
final class IntegrateCommand {
  /** Who may read a program may execute it. */
  private static final Map<PosixFilePermission, PosixFilePermission> EXECUTE =
      Map.of(
          PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_EXECUTE,
          PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_EXECUTE);

  private final Syntax syntax =
      Syntax.of(
              "integrate",
              "Writes the files with which a distribution's tool puts "
                  + BootTool.IMAGE
                  + " into its initramfs.")
          .example(
              "bpf-preload build --compress none --plan plan.txt --manifest manifest --out preload.img",
              "bpf-preload integrate --for initramfs-tools --out root",
              "install -D preload.img root" + BootTool.IMAGE,
              "cp -r root/. /; update-initramfs -u; update-grub");

  private final Given<List<BootTool>> tools =
      syntax
          .option("--for", "TOOL", "initramfs-tools, dracut, mkinitcpio, ukify, or systemd")
          .required()
          .words(BootTool.class);

  private final Given<Path> directory =
      syntax.option("--out", "DIR", "stands for the system's root").required().path();

  private final Given<Boolean> force = syntax.flag("--force", "replace what exists");

  CommandSpec spec() {
    return syntax.spec(this::call);
  }

  private int call() throws IOException, CommandFailure {
    List<ImageFile> files =
        tools.value().stream().flatMap(tool -> tool.files().stream()).distinct().toList();
    for (ImageFile each : files) {
      OutputFile.check(directory.value().resolve(each.path()), force.value());
    }
    for (ImageFile each : files) {
      write(directory.value().resolve(each.path()), each);
    }
    syntax.out().flush();
    return ExitCode.OK.status();
  }

  private void write(Path file, ImageFile content) throws IOException, CommandFailure {
    OutputFile.write(file, content.content(), force.value());
    if (content.executable()) {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      EXECUTE.forEach(
          (read, execute) -> {
            if (permissions.contains(read)) {
              permissions.add(execute);
            }
          });
      Files.setPosixFilePermissions(file, permissions);
    }
    syntax.out().println(file);
  }
}
