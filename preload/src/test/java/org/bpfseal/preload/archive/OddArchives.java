// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.archive;

import java.io.ByteArrayOutputStream;
import java.util.SplittableRandom;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * Makes odd archives from a seed: the same seed and number give the same bytes.
 *
 * @param lister a program for {@code rdinit=/lister}
 */
record OddArchives(long seed, Bytes lister) {
  static final String LISTER = "lister";
  private static final int SEGMENTS_MOST = 4;
  private static final int ENTRIES_MOST = 14;
  private static final int PADDING_MOST = 512;

  OddArchive archive(int number) {
    return new Making(new SplittableRandom(seed * 1_000_003 + number), new StringBuilder())
        .archive(number, lister);
  }

  /** One archive while it is made. */
  private record Making(SplittableRandom random, StringBuilder words) {
    private boolean chance(int percent) {
      return random.nextInt(100) < percent;
    }

    private void say(String what) {
      words.append(words.isEmpty() ? "" : ", ").append(what);
    }

    /** The lister comes first, so that it is there whatever happens later; or, seldom, last. */
    OddArchive archive(int number, Bytes lister) {
      OddEntry program = new OddEntry(Bytes.utf8(LISTER + "\0"), 0100755, lister);
      program.inode = 99;
      boolean first = chance(88);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      if (first) {
        out.writeBytes(program.bytes().toArray());
      } else {
        say("lister last");
      }
      ByteArrayOutputStream odd = new ByteArrayOutputStream();
      int segments = 1 + random.nextInt(SEGMENTS_MOST);
      for (int i = 0; i < segments; i++) {
        segment(odd);
      }
      out.writeBytes(whole(Bytes.owning(odd.toByteArray())).toArray());
      if (!first) {
        out.writeBytes(new byte[Math.floorMod(-out.size(), 4)]);
        out.writeBytes(program.bytes().toArray());
      }
      return new OddArchive(number, words.toString(), Bytes.owning(out.toByteArray()));
    }

    private void segment(ByteArrayOutputStream out) {
      OddEntries entries = new OddEntries(random, words);
      ByteArrayOutputStream segment = new ByteArrayOutputStream();
      if (chance(60)) {
        entries.folders().forEach(entry -> segment.writeBytes(entry.bytes().toArray()));
      }
      int count = random.nextInt(ENTRIES_MOST);
      for (int i = 0; i < count; i++) {
        segment.writeBytes(entries.next().bytes().toArray());
        if (chance(4)) {
          zeros(segment, "zeros between entries");
        }
      }
      if (chance(85)) {
        segment.writeBytes(trailer().bytes().toArray());
      } else {
        say("no trailer");
      }
      if (chance(10)) {
        zeros(segment, "zeros in the segment");
      }
      Bytes content = Bytes.owning(segment.toByteArray());
      if (chance(45)) {
        out.writeBytes(content.toArray());
      } else {
        out.writeBytes(packed(content).toArray());
        if (chance(80)) {
          out.writeBytes(new byte[Math.floorMod(-out.size(), 4)]);
        }
      }
      if (chance(25)) {
        zeros(out, "zeros behind");
      }
    }

    private OddEntry trailer() {
      boolean odd = chance(8);
      Bytes content = odd ? Bytes.utf8("x".repeat(random.nextInt(30))) : Bytes.EMPTY;
      OddEntry trailer = new OddEntry(Bytes.utf8("TRAILER!!!\0"), odd ? 0100644 : 0, content);
      if (odd) {
        say("trailer with content");
      }
      return trailer;
    }

    private void zeros(ByteArrayOutputStream out, String what) {
      int count = random.nextInt(PADDING_MOST);
      if (chance(85)) {
        count &= ~3;
      }
      say(count + " " + what);
      out.writeBytes(new byte[count]);
    }

    private Bytes packed(Bytes content) {
      OddPacking packing = OddPacking.any(random);
      say(packing.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '));
      Bytes packed = packing.pack(content);
      int kind = random.nextInt(100);
      if (kind < 6) {
        int kept = random.nextInt(packed.size());
        say("cut to " + kept + " of " + packed.size());
        return packed.slice(0, kept);
      } else if (kind < 12) {
        int at = random.nextInt(packed.size());
        say("bit flipped at " + at + " of " + packed.size());
        byte[] flipped = packed.toArray();
        flipped[at] ^= (byte) (1 << random.nextInt(8));
        return Bytes.owning(flipped);
      } else if (kind < 16) {
        say("packed twice");
        return packing.pack(packed);
      }
      return packed;
    }

    private Bytes whole(Bytes archive) {
      int kind = random.nextInt(100);
      if (kind < 8) {
        int kept = random.nextInt(archive.size() + 1);
        say("all cut to " + kept + " of " + archive.size());
        return archive.slice(0, kept);
      } else if (kind < 14) {
        byte[] junk = new byte[1 + random.nextInt(40)];
        for (int i = 0; i < junk.length; i++) {
          junk[i] = (byte) random.nextInt();
        }
        say("junk behind");
        return Bytes.concat(archive, Bytes.owning(junk));
      } else if (kind < 22 && !archive.isEmpty()) {
        byte[] flipped = archive.toArray();
        int at = random.nextInt(flipped.length);
        say("a bit flipped at " + at);
        flipped[at] ^= (byte) (1 << random.nextInt(8));
        return Bytes.owning(flipped);
      }
      return archive;
    }
  }
}
