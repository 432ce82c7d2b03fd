// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * Writes an output whole or not at all: to a temporary name in the same directory, synced, then
 * renamed.
 *
 * <p>Without {@code force} the last step is a hard link, which fails when the name exists, so a
 * file that appears in the meantime isn't overwritten either.
 */
public final class OutputFile {
  private static final Set<Path> TEMPORARY = ConcurrentHashMap.newKeySet();

  /** Whoever has the permit may begin a temporary file. */
  private static final Semaphore BEGINNING = new Semaphore(1);

  static {
    // A signal ends the process without any finally block.
    Runtime.getRuntime().addShutdownHook(new Thread(OutputFile::removeTemporary));
  }

  private OutputFile() {}

  /**
   * Refuses early what {@link #write} would refuse late, before any costly work.
   *
   * @throws CommandFailure if the file exists and {@code force} is not set
   */
  public static void check(Path file, boolean force) throws CommandFailure {
    if (Files.isDirectory(file)) {
      throw new CommandFailure(ExitCode.UNREADABLE, file + ": is a directory");
    }
    if (!force && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw wouldOverwrite(file);
    }
  }

  /** Writes the file; its directory is made if it isn't there. */
  public static void write(Path file, Bytes content, boolean force)
      throws IOException, CommandFailure {
    try (OutputDirectories directories = new OutputDirectories()) {
      write(file, content, force, directories);
    }
  }

  /** The same for one of many files, whose directories are synced when they are closed. */
  public static void write(Path file, Bytes content, boolean force, OutputDirectories directories)
      throws IOException, CommandFailure {
    check(file, force);
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      throw new CommandFailure(ExitCode.UNREADABLE, file + ": has no directory");
    }
    try {
      directories.make(directory);
      write(directory, file, content, force);
    } catch (IOException e) {
      // Who reads this knows the file that he named, not our temporary one.
      CommandFailure failure =
          new CommandFailure(
              ExitCode.UNREADABLE, file + ": can't be written: " + Launcher.reason(e));
      failure.initCause(e);
      throw failure;
    }
  }

  private static void write(Path directory, Path file, Bytes content, boolean force)
      throws IOException, CommandFailure {
    Path temporary =
        directory.resolve(
            "."
                + file.getFileName()
                + "."
                + Long.toHexString(ThreadLocalRandom.current().nextLong())
                + ".part");
    boolean gone = false;
    try {
      fill(temporary, content);
      gone = publish(temporary, file, force);
    } finally {
      if (!gone) {
        Files.deleteIfExists(temporary);
      }
      TEMPORARY.remove(temporary);
    }
  }

  /** A new file gets the permissions that any tool's would: those that the umask leaves. */
  private static FileChannel begin(Path temporary) throws IOException {
    BEGINNING.acquireUninterruptibly();
    try {
      FileChannel channel =
          FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      TEMPORARY.add(temporary);
      return channel;
    } finally {
      BEGINNING.release();
    }
  }

  /**
   * Other threads go on while this runs, so the permit is kept: none of them begins a file that
   * nobody would remove.
   */
  private static void removeTemporary() {
    BEGINNING.acquireUninterruptibly();
    for (Path temporary : TEMPORARY) {
      try {
        Files.deleteIfExists(temporary);
      } catch (IOException e) {
        // Nobody is left to be told.
      }
    }
  }

  private static void fill(Path temporary, Bytes content) throws IOException {
    try (FileChannel channel = begin(temporary)) {
      ByteBuffer buffer = content.buffer();
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  /** Gives whether the temporary name is gone. */
  private static boolean publish(Path temporary, Path file, boolean force)
      throws IOException, CommandFailure {
    if (!force) {
      try {
        Files.createLink(file, temporary);
        return false;
      } catch (FileAlreadyExistsException e) {
        throw wouldOverwrite(file);
      } catch (UnsupportedOperationException | IOException e) {
        // No hard links on this file system: the check above is all there is.
        check(file, false);
      }
    }
    try {
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (AtomicMoveNotSupportedException e) {
      throw new CommandFailure(ExitCode.UNREADABLE, file + ": can't be replaced in one step");
    }
  }

  private static CommandFailure wouldOverwrite(Path file) {
    return new CommandFailure(
        ExitCode.WOULD_OVERWRITE, file + ": exists already", "--force replaces it");
  }
}
