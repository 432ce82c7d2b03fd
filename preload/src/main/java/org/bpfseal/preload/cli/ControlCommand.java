// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bpfseal.preload.loader.ControlProgram;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.Given;
import org.bpfseal.verifier.cli.Syntax;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code bpf-preload status}, {@code challenge} and {@code confirm}: what the static program {@code
 * bpfseal} does, for machines that have a JVM.
 */
final class ControlCommand {
  private ControlCommand() {}

  static CommandSpec status() {
    Syntax syntax =
        Syntax.of(
                "status",
                "On the machine, as root: shows held links, who carries each guarantee, and what was refused.")
            .example("bpf-preload status");
    return syntax.spec(() -> run(List.of("status")));
  }

  static CommandSpec challenge() {
    Syntax syntax =
        Syntax.of(
                "challenge",
                "On the machine, as root: writes what the holder of a confirm key is to sign.")
            .example(
                "bpf-preload challenge exec_guard/check_exec > stop.txt",
                "bpf-sign token --key ops.key --cert ops.crt stop.txt --out stop.token",
                "bpf-preload confirm stop.token");
    Given<String> replace =
        syntax
            .option("--replace", "SHA256", "to stop it once a loader with this digest is loaded")
            .text();
    Given<Boolean> hold = syntax.flag("--hold", "to hold one more link, whose pin is given");
    Given<String> link =
        syntax.operand("LINK", "PROGRAM/LINK of a held link, or with --hold a pin's path").text();
    return syntax.spec(
        () -> {
          List<String> words = new ArrayList<>(List.of("challenge"));
          replace.optional().ifPresent(digest -> words.addAll(List.of("--replace", digest)));
          if (hold.value()) {
            words.add("--hold");
          }
          words.add(link.value());
          return run(words);
        });
  }

  static CommandSpec confirm() {
    Syntax syntax =
        Syntax.of(
                "confirm",
                "On the machine, as root: shows the guard a token. It permits; it stops nothing by itself.")
            .example("bpf-preload confirm stop.token");
    Given<String> pin =
        syntax
            .option("--pin", "PIN", "of the link to hold, if the view is elsewhere than usual")
            .text();
    Given<String> token = syntax.operand("TOKEN", "made by bpf-sign token").text();
    return syntax.spec(
        () -> {
          List<String> words = new ArrayList<>(List.of("confirm", token.value()));
          pin.optional().ifPresent(words::add);
          return run(words);
        });
  }

  private static int run(List<String> words) throws CommandFailure {
    try {
      return ControlProgram.run(words);
    } catch (IOException e) {
      throw cannotRun(e);
    }
  }

  static CommandFailure cannotRun(IOException cause) {
    return new CommandFailure(
        ExitCode.UNREADABLE,
        "the control program can't be run: " + cause.getMessage(),
        "start bpfseal itself, which is the image's usr/lib/bpfseal/init");
  }
}
