// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.crypto.Sha256;
import org.bpfseal.verifier.program.SignedForm;
import org.bpfseal.verifier.program.SignedProgram;
import org.bpfseal.verifier.program.SignedProgramReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "extract",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a signed program's parts to DIR/GENERATION: insns, data, sig.p7s and",
      "excl_prog_hash (32 bytes). GENERATION is 7.3 or 6.18."
    },
    footer = {"", "Example: bpf-verify extract dist/exec_guard.bpfs --out parts"})
final class ExtractCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE.bpfs", description = "a signed program")
  Path file;

  @Option(names = "--out", paramLabel = "DIR", required = true, description = "made if needed")
  Path directory;

  @Option(names = "--force", description = "replace what exists")
  boolean force;

  @Override
  public Integer call() throws IOException, FormatException, CommandFailure {
    SignedProgram program = SignedProgramReader.read(InputFile.read(file, InputLimit.bytes()));
    Map<Path, Bytes> outputs = new LinkedHashMap<>();
    for (SignedForm form : program.forms()) {
      Path folder = directory.resolve(form.generation().id());
      outputs.put(folder.resolve("insns"), form.insns());
      outputs.put(folder.resolve("data"), program.data());
      outputs.put(folder.resolve("sig.p7s"), form.signature());
      outputs.put(folder.resolve("excl_prog_hash"), Sha256.of(form.insns()));
    }
    // All or none, as far as can be known before: an output that exists refuses the whole.
    for (Path output : outputs.keySet()) {
      OutputFile.check(output, force);
    }
    for (Map.Entry<Path, Bytes> output : outputs.entrySet()) {
      OutputFile.write(output.getKey(), output.getValue(), force);
    }
    return ExitCode.OK.status();
  }
}
