// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bpfseal.verifier.bytes.Bytes;

/** What a program of the building host answered. */
public record HostCommand(int exitCode, Bytes output) {
  private static final long LIMIT_MINUTES = 2;

  /** Runs a command with the additional environment; standard error is part of the output. */
  public static HostCommand run(Map<String, String> environment, Object... words) {
    List<String> command = Arrays.stream(words).map(Object::toString).toList();
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      Bytes output = Bytes.owning(process.getInputStream().readAllBytes());
      if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError(command + " takes too long");
      }
      return new HostCommand(process.exitValue(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The output of a command that must succeed. */
  public static Bytes outputOf(Object... words) {
    HostCommand answer = run(Map.of(), words);
    if (answer.exitCode() != 0) {
      throw new AssertionError(Arrays.toString(words) + ": " + answer.text());
    }
    return answer.output();
  }

  public String text() {
    return new String(output.toArray(), StandardCharsets.UTF_8);
  }
}
