// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.crypto.Sha256;
import org.bpfseal.verifier.program.SignedForm;
import org.bpfseal.verifier.program.SignedProgram;
import org.bpfseal.verifier.program.SignedProgramReader;
import picocli.CommandLine.Model.CommandSpec;

final class ExtractCommand {
  private final Syntax syntax =
      Syntax.of(
              "extract",
              "Writes a signed program's parts to DIR/GENERATION: insns, data, sig.p7s and",
              "excl_prog_hash (32 bytes). GENERATION is 7.3 or 6.18. One without a loader has",
              "its attributes in DIR/load, and data only if it uses a map.")
          .example("bpf-verify extract dist/exec_guard.bpfs --out parts");

  private final Given<Path> file = syntax.operand("FILE.bpfs", "a signed program").path();

  private final Given<Path> directory =
      syntax.option("--out", "DIR", "made if needed").required().path();

  private final Given<Boolean> force = syntax.flag("--force", "replace what exists");

  CommandSpec spec() {
    return syntax.spec(this::call);
  }

  private int call() throws IOException, FormatException, CommandFailure {
    SignedProgram program =
        SignedProgramReader.read(InputFile.read(file.value(), InputLimit.bytes()));
    Map<Path, Bytes> outputs = new LinkedHashMap<>();
    program
        .direct()
        .ifPresent(load -> outputs.put(directory.value().resolve("load"), Bytes.utf8(load.text())));
    for (SignedForm form : program.forms()) {
      Path folder = directory.value().resolve(form.generation().id());
      outputs.put(folder.resolve("insns"), form.insns());
      if (program.direct().isEmpty() || !program.data().isEmpty()) {
        outputs.put(folder.resolve("data"), program.data());
      }
      outputs.put(folder.resolve("sig.p7s"), form.signature());
      outputs.put(folder.resolve("excl_prog_hash"), Sha256.of(form.insns()));
    }
    // All or none, as far as can be known before: an output that exists refuses the whole.
    for (Path output : outputs.keySet()) {
      OutputFile.check(output, force.value());
    }
    for (Map.Entry<Path, Bytes> output : outputs.entrySet()) {
      OutputFile.write(output.getKey(), output.getValue(), force.value());
    }
    return ExitCode.OK.status();
  }
}
