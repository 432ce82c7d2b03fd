// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * Makes loads that bind maps, mostly as they must be, each property wrong now and then, so that
 * many are wrong in two ways and the order of the kernel's checks shows.
 */
final class BindingMaker {
  /** What a signature covers at most: 2^24 - 1 bytes. */
  private static final int PAYLOAD_LIMIT = 0xff_ffff;

  private static final int MAPS_LIMIT = 64;
  private static final int ENTRIES_LIMIT = 4096;
  private static final int MMAPABLE = 1 << 10;
  private static final int READ_ONLY_FOR_PROGRAMS = 1 << 7;
  private static final Bytes RETURN_0 = Bytes.hex("b7000000000000009500000000000000");
  private static final Bytes ENDS_IN_HALF = Bytes.hex("b7000000000000001800000000000000");

  private final long seed;
  private final boolean covered;
  private final Certificate signer;

  /**
   * The cases of a seed.
   *
   * @param covered whether signatures cover the maps' values, as since 7.3, or the instructions
   *     alone
   */
  BindingMaker(long seed, boolean covered) {
    this.seed = seed;
    this.covered = covered;
    LabKey key = new KeyPool(seed, false).key("rsa 1024 0");
    this.signer = CertificateRecipe.root(key).make();
  }

  Case make(int id) {
    return new Making(new Random(seed * 1_000_003 + id)).make(id);
  }

  /** One case in the making. */
  private final class Making {
    private final Random random;
    private final List<String> story = new ArrayList<>();

    Making(Random random) {
      this.random = random;
    }

    private boolean rarely(int of, String what) {
      boolean yes = random.nextInt(of) == 0;
      if (yes) {
        story.add(what);
      }
      return yes;
    }

    Case make(int id) {
      // Before 7.3 half a load is none of the signature's business.
      Bytes insns = covered && rarely(40, "half-load") ? ENDS_IN_HALF : RETURN_0;
      List<Binding.Map> maps = maps(Hash.SHA256.of(insns), insns.size());
      List<Integer> entries = entries(maps.size());
      int count = rarely(60, "many-entries") ? ENTRIES_LIMIT + random.nextInt(2) : entries.size();
      if (rarely(30, "count-0")) {
        count = 0;
      }
      Binding binding = new Binding(maps, entries, rarely(25, "null-array"), count);
      Bytes signed = Bytes.concat(insns, payload(binding));
      Bytes message = MessageRecipe.of(signed, MessageRecipe.Signer.of(signer)).make();
      if (rarely(15, "bit")) {
        message = RsaFlaw.flipped(message, random, 0);
      }
      long size = Case.WHOLE;
      if (rarely(20, "size")) {
        size = random.nextBoolean() ? 0 : 8193;
      }
      Case.Load load =
          new Case.Load(
              insns,
              message,
              rarely(20, "unsigned"),
              size,
              rarely(20, "no-keyring") ? 999_999_999 : Case.FRESH,
              Optional.of(binding));
      List<Bytes> ring = rarely(20, "no-key") ? List.of() : List.of(signer.der());
      return new Case(id, String.join(" ", story), ring, Optional.of(load));
    }

    /** The values in the order in which the kernel folds them, now and then in another. */
    private Bytes payload(Binding binding) {
      List<Integer> order =
          new ArrayList<>(
              binding.entries().stream()
                  .limit(binding.count())
                  .filter(entry -> entry >= 0)
                  .distinct()
                  .toList());
      if (rarely(12, "shuffled")) {
        Collections.shuffle(order, random);
      }
      if (rarely(12, "covering-otherwise") == covered) {
        order.clear();
      }
      return Bytes.concat(
          order.stream().map(number -> binding.maps().get(number).content()).toArray(Bytes[]::new));
    }

    private List<Binding.Map> maps(Bytes digest, int covered) {
      int count = 1 + random.nextInt(3);
      if (rarely(40, "maps-at-limit")) {
        count = MAPS_LIMIT + random.nextInt(2);
      }
      List<Binding.Map> maps = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        maps.add(map(digest));
      }
      if (count == 1 && rarely(25, "payload-at-limit")) {
        int size = PAYLOAD_LIMIT - covered + random.nextInt(2);
        maps.set(
            0, new Binding.Map(Binding.Map.ARRAY, size, 1, 0, true, Bytes.of((byte) 1), digest));
      }
      return maps;
    }

    private Binding.Map map(Bytes digest) {
      int of = 25;
      int type = Binding.Map.ARRAY;
      if (rarely(of, "type")) {
        type = random.nextBoolean() ? Binding.Map.HASH : Binding.Map.PERCPU_ARRAY;
      }
      Bytes exclusive = digest;
      if (rarely(of, "not-exclusive")) {
        exclusive = Bytes.EMPTY;
      } else if (rarely(of, "exclusive-to-another")) {
        exclusive = Hash.SHA256.of(digest);
      }
      byte[] value = new byte[1 + random.nextInt(70)];
      random.nextBytes(value);
      int flags = 0;
      if (type == Binding.Map.ARRAY && random.nextInt(6) == 0) {
        flags = random.nextBoolean() ? MMAPABLE : READ_ONLY_FOR_PROGRAMS;
      }
      return new Binding.Map(
          type,
          value.length + (random.nextInt(8) == 0 ? random.nextInt(5000) : 0),
          rarely(of, "two-values") ? 2 : 1,
          flags,
          !rarely(of, "not-frozen"),
          Bytes.owning(value),
          exclusive);
    }

    private List<Integer> entries(int maps) {
      List<Integer> entries = new ArrayList<>(IntStream.range(0, maps).boxed().toList());
      if (random.nextInt(3) == 0) {
        Collections.shuffle(entries, random);
      }
      if (random.nextInt(4) == 0) {
        entries.add(random.nextInt(entries.size()), random.nextInt(maps));
      }
      if (rarely(12, "other-entry")) {
        entries.add(random.nextInt(entries.size() + 1), -1 - random.nextInt(3));
      }
      return entries;
    }
  }
}
