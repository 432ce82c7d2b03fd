// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.bpfseal.verifier.cli.Launcher;
import picocli.CommandLine;

/** One run of {@code bpf-sign} in this process. */
record Run(int status, String out, String err) {
  static Run of(Object... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] args = new String[words.length];
    for (int i = 0; i < words.length; i++) {
      args[i] = words[i].toString();
    }
    CommandLine line = Launcher.commandLine(BpfSign.spec(args));
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return new Run(line.execute(args), out.toString(), err.toString());
  }
}
