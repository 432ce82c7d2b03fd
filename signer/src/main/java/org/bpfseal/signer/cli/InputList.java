// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.InputFile;

/**
 * The files that a command line means: names, patterns with {@code *} and {@code ?} that the shell
 * left alone, directories with all that is below them, {@code @LIST} with one name a line, {@code
 * -} for such a list on standard input.
 *
 * <p>What a pattern or directory gives is sorted, so that the same tree gives the same order.
 * Symbolic links below a directory are followed to files, not to directories.
 *
 * @param in what {@code -} reads
 * @param zero whether names in lists end with a NUL instead of a newline
 * @param wanted which files of a directory count
 */
record InputList(InputStream in, boolean zero, Predicate<Path> wanted) {
  private static final int LIMIT = 16 << 20;
  private static final int DEEPEST = 32;

  List<Path> of(List<String> words) throws IOException, CommandFailure {
    List<Path> files = new ArrayList<>();
    for (String word : words) {
      if (word.equals("-")) {
        files.addAll(names(Bytes.owning(in.readNBytes(LIMIT))));
      } else if (word.startsWith("@")) {
        files.addAll(names(InputFile.read(Path.of(word.substring(1)), LIMIT)));
      } else {
        files.addAll(expand(word));
      }
    }
    if (files.isEmpty()) {
      throw new CommandFailure(ExitCode.USAGE, "the lists name no file");
    }
    return files;
  }

  private List<Path> names(Bytes list) {
    List<Path> files = new ArrayList<>();
    int at = 0;
    while (at < list.size()) {
      int end = list.indexOf(zero ? 0 : '\n', at);
      int stop = end < 0 ? list.size() : end;
      String name = list.slice(at, stop).toUtf8();
      if (!name.isEmpty()) {
        files.add(Path.of(name));
      }
      at = stop + 1;
    }
    return files;
  }

  private List<Path> expand(String word) throws IOException, CommandFailure {
    Path path = Path.of(word);
    if (Files.isDirectory(path)) {
      return below(path);
    }
    if (Files.exists(path) || !word.matches(".*[*?].*")) {
      return List.of(path);
    }
    Path name = path.getFileName();
    Path parent = path.getParent();
    try (DirectoryStream<Path> matches =
        Files.newDirectoryStream(parent == null ? Path.of("") : parent, String.valueOf(name))) {
      List<Path> files = new ArrayList<>();
      matches.forEach(match -> files.add(parent == null ? match.getFileName() : match));
      files.removeIf(Files::isDirectory);
      if (files.isEmpty()) {
        throw new CommandFailure(ExitCode.UNREADABLE, word + ": no file fits this pattern");
      }
      files.sort(null);
      return files;
    }
  }

  private List<Path> below(Path directory) throws IOException, CommandFailure {
    try (Stream<Path> walk = Files.walk(directory, DEEPEST)) {
      List<Path> files = walk.filter(Files::isRegularFile).filter(wanted).sorted().toList();
      if (files.isEmpty()) {
        throw new CommandFailure(
            ExitCode.UNREADABLE, directory + ": no file of this kind in the directory");
      }
      return files;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
