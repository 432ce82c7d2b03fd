// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.bpfseal.preload.image.InitramfsReader;
import org.bpfseal.preload.vm.BootReport;
import org.bpfseal.preload.vm.TrialImage;
import org.bpfseal.preload.vm.VirtualMachine;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.InputFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bpf-preload boot}. */
@Command(
    name = "boot",
    mixinStandardHelpOptions = true,
    description = {
      "Boots an image in QEMU and shows what the kernel said to each program.",
      "Another program takes the place of the manifest's next one: it looks at the pins."
    },
    footer = {"", "Example: bpf-preload boot preload.img --kernel /boot/vmlinuz"})
final class BootCommand implements Callable<Integer> {
  @Parameters(paramLabel = "IMAGE", description = "made by bpf-preload build")
  Path file;

  @Option(names = "--kernel", required = true, paramLabel = "VMLINUZ", description = "the kernel")
  Path kernel;

  @Option(names = "--memory", paramLabel = "MIB", description = "of the machine (1024)")
  int memory = 1024;

  @Option(names = "--deadline", paramLabel = "SECONDS", description = "then it is stopped (120)")
  int deadline = 120;

  @Option(names = "--append", paramLabel = "TEXT", description = "further kernel parameters")
  String parameters = "";

  @Option(names = "--kvm", description = "use KVM instead of emulation")
  boolean kvm;

  @Option(names = "--json", description = "print the report as JSON")
  boolean json;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException, CommandFailure {
    if (!VirtualMachine.isAvailable()) {
      throw new CommandFailure(
          ExitCode.UNREADABLE, "no qemu-system-x86_64 here", "apt-get install qemu-system-x86");
    }
    if (!Files.isReadable(kernel)) {
      throw new CommandFailure(ExitCode.UNREADABLE, kernel + ": can't be read");
    }
    Bytes image = InputFile.read(file, InitramfsReader.SIZE_MOST);
    BootPrinter printer = new BootPrinter(spec.commandLine().getOut(), json);
    Path trial = Files.createTempFile("bpfseal-boot", ".img");
    try {
      Files.write(trial, TrialImage.of(image).toArray());
      VirtualMachine machine =
          new VirtualMachine(kernel, memory, parameters, kvm, Duration.ofSeconds(deadline));
      List<String> console = machine.boot(trial, printer::listen);
      return printer.finish(BootReport.of(console), console).status();
    } finally {
      Files.delete(trial);
    }
  }
}
