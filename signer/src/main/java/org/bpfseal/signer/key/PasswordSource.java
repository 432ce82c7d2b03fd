// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key;

import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Optional;

/** Where a password comes from: never the command line, which everybody can read. */
public sealed interface PasswordSource extends Passwords {
  /** Most bytes of a password. */
  int LIMIT = 4096;

  /** An environment variable. */
  record Environment(String name) implements PasswordSource {
    @Override
    public Secret get(String what) throws KeyRefusedException {
      String value = System.getenv(name);
      if (value == null) {
        throw new KeyRefusedException(
            "environment variable " + name + " for the " + what + " isn't set", "");
      }
      return new Secret(value.toCharArray());
    }
  }

  /**
   * A file, whose one last line end doesn't count.
   *
   * @param worldReadable whether everybody may be able to read it
   */
  record PasswordFile(Path path, boolean worldReadable) implements PasswordSource {
    @Override
    public Secret get(String what) throws KeyRefusedException {
      try (InputStream in = Files.newInputStream(path)) {
        if (!worldReadable
            && Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_READ)) {
          throw new KeyRefusedException(
              path + ": everybody can read this password",
              "chmod o-r " + path + ", or --insecure-password-file");
        }
        byte[] bytes = in.readNBytes(LIMIT + 1);
        if (bytes.length > LIMIT) {
          throw new KeyRefusedException(path + ": longer than a password can be", "");
        }
        return Secret.ofUtf8(bytes);
      } catch (IOException | UnsupportedOperationException e) {
        throw new KeyRefusedException(path + ": the password can't be read", "");
      }
    }
  }

  /** The next line of standard input. */
  record StandardInput(InputStream in) implements PasswordSource {
    @Override
    public Secret get(String what) throws KeyRefusedException {
      WipedBuffer line = new WipedBuffer();
      try {
        int next = in.read();
        while (next >= 0 && next != '\n' && line.size() < LIMIT) {
          line.write(next);
          next = in.read();
        }
        if (next < 0 && line.size() == 0) {
          throw new KeyRefusedException("no " + what + " on standard input", "");
        }
        return Secret.ofUtf8(line.toByteArray());
      } catch (IOException e) {
        throw new KeyRefusedException("the " + what + " can't be read from standard input", "");
      } finally {
        line.wipe();
      }
    }
  }

  /** The terminal, without echo. */
  record Prompt() implements PasswordSource {
    @Override
    public Secret get(String what) throws KeyRefusedException {
      return Optional.ofNullable(System.console())
          .filter(Console::isTerminal)
          .map(console -> console.readPassword("%s: ", what))
          .map(Secret::new)
          .orElseThrow(
              () ->
                  new KeyRefusedException(
                      "no " + what + ", and no terminal to ask for it",
                      "give it with --key-password env:NAME, file:PATH or stdin"));
    }
  }

  /** The buffer of a line, which doesn't leave its arrays behind. */
  final class WipedBuffer extends ByteArrayOutputStream {
    private WipedBuffer() {
      super(LIMIT);
    }

    private void wipe() {
      Arrays.fill(buf, (byte) 0);
    }
  }

  /**
   * Reads {@code env:NAME}, {@code file:PATH}, {@code stdin} or {@code prompt}.
   *
   * @param in what {@code stdin} is
   * @param worldReadable whether everybody may be able to read a file
   * @throws KeyRefusedException for anything else, which isn't shown: it may be the password itself
   */
  static PasswordSource of(String text, InputStream in, boolean worldReadable)
      throws KeyRefusedException {
    if (text.startsWith("env:")) {
      return new Environment(text.substring("env:".length()));
    }
    if (text.startsWith("file:")) {
      return new PasswordFile(Path.of(text.substring("file:".length())), worldReadable);
    }
    return switch (text) {
      case "stdin" -> new StandardInput(in);
      case "prompt" -> new Prompt();
      default ->
          throw new KeyRefusedException(
              "a password isn't given on the command line, where everybody can read it",
              "--key-password env:NAME, file:PATH, stdin or prompt");
    };
  }
}
