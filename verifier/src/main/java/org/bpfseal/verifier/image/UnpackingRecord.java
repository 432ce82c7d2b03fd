// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.image;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.jspecify.annotations.Nullable;

/**
 * What happened while an initrd was unpacked: the entries, and the first of each kind of trouble.
 */
final class UnpackingRecord {
  private static final String FORMAT = "image";
  private static final int DEPTH_MOST = 64;

  private final List<ImageEntry> entries = new ArrayList<>();
  private int segment = 1;
  private @Nullable FormatException fault;
  private @Nullable FormatException oddity;
  private @Nullable FormatException doubt;

  List<ImageEntry> entries() {
    return entries;
  }

  void segment(int number) {
    segment = number;
  }

  /** Where the kernel says that unpacking failed; what it has unpacked till then stays. */
  Optional<FormatException> fault() {
    return Optional.ofNullable(fault);
  }

  /** What the kernel passes over in silence, and no honest tool writes. */
  Optional<FormatException> oddity() {
    return Optional.ofNullable(oddity);
  }

  /** From where on it isn't known what the kernel does. */
  Optional<FormatException> doubt() {
    return Optional.ofNullable(doubt);
  }

  boolean isStopped() {
    return fault != null || doubt != null;
  }

  void stop(String part, long at, String problem) {
    stop(failure(part, at, problem));
  }

  void stop(FormatException problem) {
    fault = fault == null ? problem : fault;
  }

  void odd(String part, long at, String problem) {
    oddity = oddity == null ? failure(part, at, problem) : oddity;
  }

  /** Stops judging. */
  void giveUp(long at, String what) {
    giveUp(new FormatException(FORMAT, "segment " + segment, at, "expected less, found " + what));
  }

  void giveUp(FormatException problem) {
    doubt = doubt == null ? problem : doubt;
  }

  /** An entry begins; its content, if it has one, follows. */
  void begin(String name, NewcHeader header, long at) {
    String path = path(name, at);
    entries.add(new ImageEntry(path, header.mode(), header.links(), Bytes.EMPTY, segment, at));
  }

  /** The content of the last entry. */
  void content(Bytes content) {
    ImageEntry entry = entries.removeLast();
    entries.add(
        new ImageEntry(
            entry.path(), entry.mode(), entry.links(), content, entry.segment(), entry.offset()));
  }

  /** The shortest spelling; {@code ..} is odd, since it may lead through a link. */
  private String path(String name, long at) {
    String text = Bytes.owning(name.getBytes(StandardCharsets.ISO_8859_1)).toUtf8();
    List<String> parts = new ArrayList<>();
    for (String part : text.split("/", -1)) {
      if (part.equals("..")) {
        odd("name", at, "expected no part .., found " + text);
      }
      if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    if (parts.size() > DEPTH_MOST) {
      odd("name", at, "expected at most " + DEPTH_MOST + " parts, found " + parts.size());
    }
    return String.join("/", parts);
  }

  private FormatException failure(String part, long at, String problem) {
    String path = "segment " + segment + " / entry " + (entries.size() + 1) + " / " + part;
    return new FormatException(FORMAT, path, at, problem);
  }
}
