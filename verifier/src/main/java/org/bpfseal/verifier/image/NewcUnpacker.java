// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.image;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.bpfseal.verifier.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks newc entries into the root as the kernel does: the state machine of init/initramfs.c at
 * 7.3, with what it keeps from one piece of input, and one segment, to the next.
 *
 * <p>Like the kernel it takes zeros between entries, any byte as padding, what stands behind a NUL
 * in a name, and goes on behind a trailer; it passes over entries whose name or content has no
 * possible size, and over calls that fail.
 */
final class NewcUnpacker {
  private static final int PATH_MAX = 4096;
  private static final String TRAILER = "TRAILER!!!";

  private enum State {
    START,
    COLLECT,
    HEADER,
    SKIP,
    NAME,
    COPY,
    SYMLINK,
    RESET
  }

  private final EntryMaker entries;
  private final UnpackingRecord record;

  private State state = State.START;
  private State next = State.RESET;
  private Bytes input = Bytes.EMPTY;
  private int at;

  /** Where the input is in the file or, of a packed segment, in what it was. */
  private long position;

  private long headerAt;
  private long nextHeader;
  private byte[] collecting = {};
  private int collectedSize;
  private Bytes collected = Bytes.EMPTY;
  private NewcHeader header =
      NewcHeader.read(Bytes.utf8("070701" + "0".repeat(NewcHeader.SIZE - 6)));
  private @Nullable RootNode file;
  private long contentLeft;
  private long sum;

  NewcUnpacker(RootTree tree, UnpackingRecord record) {
    entries = new EntryMaker(tree, record);
    this.record = record;
  }

  long position() {
    return position;
  }

  void moveTo(long newPosition) {
    position = newPosition;
  }

  /** Whether it is between two entries. */
  boolean isBetween() {
    return state == State.RESET;
  }

  /** Takes entries up to where something else than one begins; gives how many bytes it took. */
  int plain(Bytes archive) {
    state = State.START;
    return take(archive);
  }

  /** Takes a piece of an unpacked segment. */
  void piece(Bytes unpacked) {
    Bytes rest = unpacked;
    int taken = take(rest);
    while (taken < rest.size() && !record.isStopped()) {
      rest = rest.from(taken);
      if (rest.at(0) != '0' && rest.at(0) != 0) {
        record.stop("content", position, "expected an entry, found junk");
        return;
      }
      state = rest.at(0) == 0 ? State.RESET : State.START;
      taken = take(rest);
    }
  }

  /** What is cut off by the end is no fault for the kernel. */
  void end() {
    boolean whole =
        switch (state) {
          case START, RESET -> true;
          // The padding behind the last one may be missing.
          case SKIP -> position + 3 >= nextHeader;
          case COLLECT, HEADER, NAME, COPY, SYMLINK -> false;
        };
    if (!whole) {
      record.odd("entry", position, "expected a whole entry, found the end");
    }
  }

  private int take(Bytes bytes) {
    input = bytes;
    at = 0;
    boolean more = true;
    while (more) {
      more =
          switch (state) {
            case START -> collect(NewcHeader.SIZE, State.HEADER, false);
            case COLLECT -> collectMore();
            case HEADER -> readHeader();
            case SKIP -> skip();
            case NAME -> unpack();
            case COPY -> copy();
            case SYMLINK -> unpackLink();
            case RESET -> reset();
          };
    }
    return at;
  }

  private int left() {
    return input.size() - at;
  }

  private Bytes eat(int size) {
    Bytes eaten = input.slice(at, at + size);
    at += size;
    position += size;
    return eaten;
  }

  private boolean collect(int size, State then, boolean always) {
    if (left() >= size && !always) {
      collected = eat(size);
      state = then;
    } else {
      collecting = new byte[size];
      collectedSize = 0;
      next = then;
      state = State.COLLECT;
    }
    return true;
  }

  private boolean collectMore() {
    int size = Math.min(left(), collecting.length - collectedSize);
    eat(size).copyTo(collecting, collectedSize);
    collectedSize += size;
    if (collectedSize < collecting.length) {
      return false;
    }
    collected = Bytes.owning(collecting);
    state = next;
    return true;
  }

  private boolean readHeader() {
    headerAt = position - NewcHeader.SIZE;
    String problem = NewcHeader.problem(collected);
    if (!problem.isEmpty()) {
      record.stop("header", headerAt, problem);
      return false;
    }
    header = NewcHeader.read(collected);
    nextHeader = (position + header.paddedNameSize() + header.contentSize() + 3) & ~3L;
    state = State.SKIP;
    boolean named = header.nameSize() > 0 && header.nameSize() <= PATH_MAX;
    if (named && header.isLink() && header.contentSize() <= PATH_MAX) {
      return collect((int) (header.paddedNameSize() + header.contentSize()), State.SYMLINK, true);
    } else if (named && !header.isLink() && (header.isFile() || header.contentSize() == 0)) {
      return collect((int) header.paddedNameSize(), State.NAME, false);
    }
    record.odd(
        named ? "content" : "name size",
        headerAt,
        named
            ? "expected "
                + (header.isLink() ? "a path" : "none")
                + ", found "
                + header.contentSize()
                + " bytes"
            : "expected 1 to 4096, found " + header.nameSize());
    return true;
  }

  private boolean skip() {
    if (position + left() < nextHeader) {
      eat(left());
      return false;
    }
    eat((int) (nextHeader - position));
    state = next;
    return true;
  }

  private boolean reset() {
    while (left() > 0 && input.at(at) == 0) {
      eat(1);
    }
    if (left() > 0 && position % 4 != 0) {
      record.stop("padding", position, "expected zeros up to a multiple of 4, found another byte");
    }
    return false;
  }

  /** The name up to its first NUL; empty if there is none where it should end. */
  private Optional<String> name() {
    int last = (int) header.nameSize() - 1;
    if (collected.at(last) != 0) {
      record.stop("name", headerAt, "expected a NUL at its end, found another byte");
      return Optional.empty();
    }
    int end = collected.indexOf(0, 0);
    if (end != last) {
      record.odd("name", headerAt, "expected one NUL, at its end, found " + collected);
    }
    return Optional.of(text(collected.slice(0, end)));
  }

  private static String text(Bytes bytes) {
    return new String(bytes.toArray(), StandardCharsets.ISO_8859_1);
  }

  private boolean unpack() {
    state = State.SKIP;
    next = State.RESET;
    Optional<String> name = name();
    if (name.isEmpty()) {
      return false;
    }
    String path = name.get();
    if (path.equals(TRAILER)) {
      entries.forget();
      return true;
    }
    record.begin(path, header, headerAt);
    file = entries.make(path, header, headerAt).orElse(null);
    if (file != null) {
      contentLeft = header.contentSize();
      sum = 0;
      state = State.COPY;
    }
    return true;
  }

  private boolean copy() {
    boolean whole = left() >= contentLeft;
    Bytes part = eat((int) Math.min(left(), contentLeft));
    contentLeft -= part.size();
    if (file != null) {
      file.write(part);
    }
    for (int i = 0; header.summed() && i < part.size(); i++) {
      sum += part.at(i);
    }
    if (!whole) {
      return false;
    }
    if (file != null) {
      record.content(file.content());
    }
    if (header.summed() && (sum & 0xffff_ffffL) != header.sum()) {
      record.stop("check sum", headerAt, "expected %x, found %x".formatted(header.sum(), sum));
    }
    state = State.SKIP;
    return true;
  }

  private boolean unpackLink() {
    Optional<String> name = name();
    if (name.isEmpty()) {
      return false;
    }
    Bytes content = collected.from((int) header.paddedNameSize());
    int end = content.indexOf(0, 0);
    String path = name.get();
    record.begin(path, header, headerAt);
    record.content(content);
    entries.makeLink(path, header, text(end < 0 ? content : content.slice(0, end)));
    state = State.SKIP;
    next = State.RESET;
    return true;
  }
}
