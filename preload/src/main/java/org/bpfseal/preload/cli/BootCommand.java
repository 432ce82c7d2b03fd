// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.bpfseal.preload.image.InitramfsReader;
import org.bpfseal.preload.vm.BootReport;
import org.bpfseal.preload.vm.TrialImage;
import org.bpfseal.preload.vm.VirtualMachine;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.Given;
import org.bpfseal.verifier.cli.InputFile;
import org.bpfseal.verifier.cli.Syntax;
import picocli.CommandLine.Model.CommandSpec;

/** {@code bpf-preload boot}. */
final class BootCommand {
  private final Syntax syntax =
      Syntax.of(
              "boot",
              "Boots an image in QEMU and shows what the kernel said to each program.",
              "Another program takes the place of the manifest's next one: it looks at the pins.")
          .example("bpf-preload boot preload.img --kernel /boot/vmlinuz");

  private final Given<Path> file = syntax.operand("IMAGE", "made by bpf-preload build").path();

  private final Given<Path> kernel =
      syntax.option("--kernel", "VMLINUZ", "the kernel").required().path();

  private final Given<Integer> memory =
      syntax.option("--memory", "MIB", "of the machine (1024)").number(1024);

  private final Given<Integer> deadline =
      syntax.option("--deadline", "SECONDS", "then it is stopped (120)").number(120);

  private final Given<String> parameters =
      syntax.option("--append", "TEXT", "further kernel parameters").text("");

  private final Given<Boolean> kvm = syntax.flag("--kvm", "use KVM instead of emulation");

  private final Given<Boolean> json = syntax.flag("--json", "print the report as JSON");

  CommandSpec spec() {
    return syntax.spec(this::call);
  }

  private int call() throws IOException, CommandFailure {
    if (!VirtualMachine.isAvailable()) {
      throw new CommandFailure(
          ExitCode.UNREADABLE, "no qemu-system-x86_64 here", "apt-get install qemu-system-x86");
    }
    if (!Files.isReadable(kernel.value())) {
      throw new CommandFailure(ExitCode.UNREADABLE, kernel.value() + ": can't be read");
    }
    Bytes image = InputFile.read(file.value(), InitramfsReader.SIZE_MOST);
    BootPrinter printer = new BootPrinter(syntax.out(), json.value());
    Path trial = Files.createTempFile("bpfseal-boot", ".img");
    try {
      Files.write(trial, TrialImage.of(image).toArray());
      VirtualMachine machine =
          new VirtualMachine(
              kernel.value(),
              memory.value(),
              parameters.value(),
              kvm.value(),
              Duration.ofSeconds(deadline.value()));
      List<String> console = machine.boot(trial, printer::listen);
      return printer.finish(BootReport.of(console), console).status();
    } finally {
      Files.delete(trial);
    }
  }
}
