// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.archive;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * Entries that get into each other's way: few names, all types, links, wrong fields.
 *
 * @param random what decides
 * @param words takes what is odd of them
 */
record OddEntries(RandomGenerator random, StringBuilder words) {
  private static final int FILE = 0100000;
  private static final int FOLDER = 0040000;
  private static final int LINK = 0120000;
  private static final List<Integer> OTHERS =
      List.of(0010000, 0020000, 0020000, 0060000, 0140000, 0, 0170000);
  private static final List<String> NAMES =
      List.of(
          "a",
          "a",
          "b",
          "b",
          "c",
          "d",
          "a/b",
          "a/b",
          "a/b/c",
          "b/x",
          "d/e",
          "l",
          "l",
          "m",
          "l/x",
          "m/y",
          "l/x/z",
          "./a",
          "/a",
          "//b/./x",
          "dev",
          "dev/console",
          "root",
          "root/r");
  private static final List<String> ODD_NAMES =
      List.of(
          "a/",
          "l/",
          "b/x/",
          "../a",
          "a/../b",
          "d/../../c",
          "a/..",
          "l/..",
          "l/../n",
          "",
          "/",
          ".",
          "..",
          "a/.",
          "./",
          "a\0hidden",
          "\303\251",
          "x y\n\\",
          "TRAILER!!!",
          "TRAILER!!!/",
          "./TRAILER!!!",
          "missing/x",
          "missing/",
          "a//b//");
  private static final List<String> TARGETS =
      List.of(
          "a", "/a", "../a", "l", "m", "b", "b/x", "..", ".", "/", "d", "dev", "", "nowhere",
          "a\0tail", "a/", "./b/.", "n");
  private static final int NAME_MAX = 255;
  private static final int PATH_MAX = 4096;

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private void say(String what) {
    words.append(words.isEmpty() ? "" : ", ").append(what);
  }

  /** Where most of the names lead to. */
  List<OddEntry> folders() {
    return Stream.of("a", "b", "d")
        .map(name -> new OddEntry(Bytes.utf8(name + "\0"), FOLDER | 0755, Bytes.EMPTY))
        .toList();
  }

  OddEntry next() {
    int kind = random.nextInt(100);
    int permissions = chance(70) ? 0644 : random.nextInt(010000);
    Bytes name = name();
    OddEntry entry;
    if (kind < 42) {
      entry = new OddEntry(name, FILE | permissions, content());
    } else if (kind < 66) {
      entry = new OddEntry(name, FOLDER | permissions, Bytes.EMPTY);
    } else if (kind < 84) {
      entry = new OddEntry(name, LINK | 0777, target());
    } else {
      entry = new OddEntry(name, (long) one(OTHERS) | permissions, Bytes.EMPTY);
    }
    entry.inode = 1L + random.nextInt(3);
    entry.links = chance(35) ? 1L + random.nextInt(3) : 1;
    entry.deviceMajor = chance(80) ? 1 : random.nextInt();
    entry.deviceMinor = chance(80) ? 3 : random.nextInt();
    entry.deviceMajor &= 0xffff_ffffL;
    entry.deviceMinor &= 0xffff_ffffL;
    if (chance(15)) {
      entry.owner = chance(50) ? 0xffff_ffffL : random.nextInt(70000);
      entry.group = chance(50) ? 0xffff_ffffL : random.nextInt(70000);
    }
    if (chance(12)) {
      bend(entry);
    }
    return entry;
  }

  private Bytes name() {
    String name = one(NAMES);
    if (chance(15)) {
      name = one(ODD_NAMES);
      say("name " + name.replace('\0', '0').replace('\n', '?'));
    } else if (chance(3)) {
      name = longName();
      say("name of " + name.length());
    }
    return Bytes.owning((name + "\0").getBytes(StandardCharsets.ISO_8859_1));
  }

  private String longName() {
    return switch (random.nextInt(6)) {
      case 0 -> "a/" + "n".repeat(NAME_MAX);
      case 1 -> "n".repeat(NAME_MAX + 1);
      case 2 -> "./".repeat(PATH_MAX / 2 - 1) + "p";
      case 3 -> "./".repeat(PATH_MAX / 2 - 1) + "qq";
      case 4 -> "/".repeat(PATH_MAX - 2) + "s";
      default -> "a/".repeat(1000);
    };
  }

  private Bytes content() {
    int kind = random.nextInt(100);
    int size = random.nextInt(41);
    if (kind < 10) {
      size = 4000 + random.nextInt(5000);
    } else if (kind < 12) {
      size = 140_000 + random.nextInt(9);
    }
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (size < 41 || chance(60) ? 'a' + random.nextInt(4) : random.nextInt());
    }
    return Bytes.owning(bytes);
  }

  private Bytes target() {
    if (chance(4)) {
      int length = PATH_MAX - 1 + random.nextInt(3);
      say("target of " + length);
      return Bytes.utf8("t".repeat(length));
    }
    return Bytes.owning(one(TARGETS).getBytes(StandardCharsets.ISO_8859_1));
  }

  /** One field, or two, that an honest tool writes otherwise. */
  private void bend(OddEntry entry) {
    switch (random.nextInt(22)) {
      case 0, 1, 2 -> sum(entry, entry.sumOfContent(), "right sum");
      case 3, 4 -> sum(entry, entry.sumOfContent() + 1, "wrong sum");
      case 5 -> magic(entry, chance(50) ? "070707" : "070703");
      case 6, 7, 8 -> {
        entry.upperCase = true;
        say("upper case");
      }
      case 9 -> {
        entry.badDigit = random.nextInt(104);
        say("no hex digit");
      }
      case 10 -> nameSize(entry, entry.nameSize - 1);
      case 11 -> nameSize(entry, 0);
      case 12 -> nameSize(entry, PATH_MAX + random.nextInt(3) - 1);
      case 13 -> nameSize(entry, entry.nameSize + 1 + random.nextInt(8));
      case 14 -> contentSize(entry, entry.contentSize + 1 + random.nextInt(300));
      case 15 -> contentSize(entry, chance(50) ? 0xffff_ffffL : 0x7fff_ffffL);
      case 16 -> contentSize(entry, random.nextInt(60));
      case 17, 18 -> {
        entry.padding = 1 + random.nextInt(255);
        say("padding of " + entry.padding);
      }
      case 19 -> {
        entry.headerSize = random.nextInt(110);
        say("short header");
      }
      default -> {
        entry.mode |= (1L + random.nextInt(0xffff)) << 16;
        say("mode " + Long.toOctalString(entry.mode));
      }
    }
  }

  private void sum(OddEntry entry, long sum, String what) {
    entry.magic = "070702";
    entry.sum = sum;
    say(what);
  }

  private void magic(OddEntry entry, String magic) {
    entry.magic = magic;
    say("magic " + magic);
  }

  private void nameSize(OddEntry entry, long size) {
    entry.nameSize = size;
    say("name size " + size);
  }

  private void contentSize(OddEntry entry, long size) {
    entry.contentSize = size;
    say("content size " + size);
  }
}
