// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bpfseal.testing.HostCommand;
import org.bpfseal.testing.Lab;
import org.bpfseal.verifier.cli.Launcher;
import picocli.CommandLine;

/**
 * Images made by the commands themselves, and what else these say, in one folder.
 *
 * @param folder also has the signed programs that were asked for
 */
record BuiltImage(Path folder) {
  static final Path KEYS = Lab.repository().resolve("keys-example");

  /** What {@code bpf-preload} answered. */
  record Answer(int exitCode, String out, String err) {}

  /** A plan with a guard, which {@link #signed} makes, two programs and every kind of hold. */
  static final String GUARDED =
      """
      bpfseal-plan 1
      version 7
      cert %1$s/rsa.crt
      guard guard.bpfs signed
      confirm %1$s/other.crt as operator
      confirm %1$s/p256.crt as second
      program lsm-observers.bpfs
        links auto stop-on-confirm=operator
      program xdp-and-tc.bpfs as net optional
        pin packets
        link frames count_frames xdp dev=lo mode=generic stop-on-confirm=none
        link incoming look_at_incoming tcx dev=lo
      """
          .formatted(KEYS);

  /** Signs the guard and these vectors by an example key. */
  static BuiltImage signed(Path folder, String key, String... vectors) {
    BuiltImage made = new BuiltImage(folder);
    Path guard = folder.resolve("guard.bpf.o");
    made.succeed("guard", "--force", "--out", guard);
    Stream<Path> objects =
        Stream.of(vectors)
            .map(name -> Lab.vectors().resolve("objects/clang-19/" + name + ".bpf.o"));
    List<Object> words = new ArrayList<>(List.of("sign", "--force", "--out", folder));
    words.addAll(
        List.of("--key", KEYS.resolve(key + ".key"), "--cert", KEYS.resolve(key + ".crt")));
    words.add(guard);
    words.addAll(objects.toList());
    sign(words);
    return made;
  }

  /** The signed guarded image. */
  static Path guarded(Path folder) {
    return signed(folder, "rsa", "lsm-observers", "xdp-and-tc")
        .image("preload.img", GUARDED, "rsa");
  }

  /** Plans, signs and builds an image. */
  Path image(String name, String plan, String key) {
    Path planned = write(name + ".plan", plan);
    Path manifest = folder.resolve(name + ".manifest");
    Path image = folder.resolve(name);
    succeed("manifest", "--force", "--plan", planned, "--out", manifest);
    signData(manifest, key);
    succeed(
        "build",
        "--force",
        "--plan",
        planned,
        "--manifest",
        manifest,
        "--out",
        image,
        "--compress",
        "none");
    return image;
  }

  void signData(Path file, String key) {
    sign(
        List.of(
            "sign",
            "--force",
            "--as",
            "data",
            "--key",
            KEYS.resolve(key + ".key"),
            "--cert",
            KEYS.resolve(key + ".crt"),
            file));
  }

  Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The signer is another module's, so it is a process of its own. */
  private static void sign(List<Object> words) {
    List<Object> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java"));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), "org.bpfseal.signer.cli.BpfSign"));
    command.addAll(words);
    HostCommand.outputOf(command.toArray());
  }

  private void succeed(Object... words) {
    Answer answer = run(words);
    if (answer.exitCode() != 0) {
      throw new AssertionError(answer.err());
    }
  }

  /** One run of {@code bpf-preload} in this process. */
  static Answer run(Object... words) {
    String[] texts = Stream.of(words).map(String::valueOf).toArray(String[]::new);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Launcher.commandLine(BpfPreload.spec());
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return new Answer(line.execute(texts), out.toString(), err.toString());
  }
}
