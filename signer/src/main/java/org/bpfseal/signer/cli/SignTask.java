// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;

/**
 * One input and where its result goes.
 *
 * @param name what the output lines call it
 */
record SignTask(Path input, String name, Path output) {
  /**
   * Refuses a list in which one result would overwrite another, or an input, before anything is
   * written.
   *
   * @param inPlace whether each is to overwrite its own input
   */
  static void check(List<SignTask> tasks, boolean inPlace) throws CommandFailure {
    Map<Path, Path> writers = new HashMap<>();
    for (SignTask task : tasks) {
      Path other = writers.put(absolute(task.output()), task.input());
      if (other != null) {
        throw new CommandFailure(
            ExitCode.USAGE,
            other + " and " + task.input() + " would both become " + task.output(),
            "sign them in two calls with different --out");
      }
    }
    for (SignTask task : tasks) {
      if (!inPlace && writers.containsKey(absolute(task.input()))) {
        throw new CommandFailure(
            ExitCode.USAGE,
            task.input() + " is an input and would be overwritten",
            "--out DIR puts results elsewhere; modules may be signed --in-place");
      }
    }
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }
}
