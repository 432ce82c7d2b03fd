// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.IOException;
import java.nio.file.Files;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.InputFile;
import org.bpfseal.verifier.cli.OutputDirectories;
import org.bpfseal.verifier.cli.OutputFile;

/** What is done with a result. */
sealed interface Delivery extends AutoCloseable {
  /** Whether there is nothing to do. */
  default boolean isDone(SignTask task) throws IOException {
    return false;
  }

  /** Refuses early what {@link #deliver} would refuse late. */
  void check(SignTask task) throws CommandFailure;

  /** Does it, and gives the word that says so. */
  String deliver(SignTask task, Maker.Made made) throws IOException, CommandFailure;

  /** Ends what was begun for all. */
  @Override
  default void close() throws IOException {}

  /**
   * Writes it to its place.
   *
   * @param skipSigned whether an input that has its result is passed over
   */
  record Write(boolean force, boolean skipSigned, OutputDirectories directories)
      implements Delivery {
    Write(boolean force, boolean skipSigned) {
      this(force, skipSigned, new OutputDirectories());
    }

    @Override
    public void close() throws IOException {
      directories.close();
    }

    @Override
    public boolean isDone(SignTask task) throws IOException {
      if (!skipSigned) {
        return false;
      }
      return task.output().equals(task.input())
          ? SignedFiles.isSigned(task.input())
          : Files.exists(task.output());
    }

    @Override
    public void check(SignTask task) throws CommandFailure {
      OutputFile.check(task.output(), force);
    }

    @Override
    public String deliver(SignTask task, Maker.Made made) throws IOException, CommandFailure {
      OutputFile.write(task.output(), made.content(), force, directories);
      return made.parts().isEmpty() ? "signed" : "ok";
    }
  }

  /** Compares it with what is there; nothing is written. */
  record Compare() implements Delivery {
    @Override
    public void check(SignTask task) {}

    @Override
    public String deliver(SignTask task, Maker.Made made) throws IOException, CommandFailure {
      Bytes again = made.content();
      Bytes there = InputFile.read(task.output(), Integer.MAX_VALUE - 8);
      if (there.equals(again)) {
        return "same";
      }
      int at = 0;
      while (at < Math.min(there.size(), again.size()) && there.at(at) == again.at(at)) {
        at++;
      }
      throw new CommandFailure(
          ExitCode.REFUSED,
          task.output() + " is not what " + task.input() + " gives, first at byte " + at,
          "sign it again; the same compiler, options and names give the same bytes");
    }
  }
}
