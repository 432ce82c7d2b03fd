// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** One run of {@code bpf-verify} in this process, and what it printed. */
record Run(int exitCode, String out, String err) {
  static Run of(Object... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Launcher.commandLine(BpfVerify.spec());
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    String[] arguments = new String[words.length];
    for (int i = 0; i < words.length; i++) {
      arguments[i] = words[i].toString();
    }
    int exitCode = line.execute(arguments);
    return new Run(exitCode, out.toString(), err.toString());
  }
}
