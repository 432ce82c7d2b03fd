// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * Makes the cases of a seed. Each follows from the seed and its number alone: a few certificates
 * that issue each other, a message by one or more of them, a keyring with some of them; then, in
 * most cases, a change or two. Signatures are made after the change, save where the story says
 * {@code frozen} or {@code bytes}, so that the verdict depends on what was changed.
 */
final class CaseMaker {
  private static final long MOV_R0 = 0xb7;
  private static final long EXIT = 0x95;
  private static final int DECODER_LIMIT = 65535;
  private static final int KEY_LIMIT = (1 << 20) - 1;
  private static final int[] KEYRINGS = {
    -1, -1, -1, 0, 1, 2, 3, -2, -3, -4, -5, -6, -7, -8, -9, 999_999_999, Integer.MIN_VALUE
  };

  private final long seed;
  private final KeyPool keys;

  /**
   * The cases of a seed.
   *
   * @param allModules whether algorithms that a kernel has in modules are frequent
   */
  CaseMaker(long seed, boolean allModules) {
    this.seed = seed;
    this.keys = new KeyPool(seed, allModules);
  }

  Case make(int id) {
    return new Making(new Random(seed * 1_000_003 + id)).make(id);
  }

  /** One case in the making. */
  private final class Making {
    private final Random random;
    private final List<String> story = new ArrayList<>();
    private final boolean calm;
    private final CertificateMaker certificates;

    Making(Random random) {
      this.random = random;
      this.calm = random.nextInt(5) == 0;
      this.certificates = new CertificateMaker(random, calm);
    }

    Case make(int id) {
      List<Certificate> chain = chain();
      List<Certificate> ring = some(chain, 3);
      if (random.nextInt(6) == 0) {
        ring.add(certificates.selfSigned(key()));
      }
      withTwins(ring, "ring");
      Collections.shuffle(ring, random);
      boolean onlyKeys = random.nextInt(5) == 0;
      List<Bytes> payloads =
          ring.stream().map(each -> lengthened(encoded(each.tree(), "ring", 8))).toList();
      List<Bytes> added = new RingMaker(random, certificates, story).among(ring, payloads, key());
      Optional<Case.Load> load = onlyKeys ? Optional.empty() : Optional.of(load(chain));
      return new Case(id, String.join(" ", story), added, load);
    }

    private LabKey key() {
      return calm ? keys.key("rsa 2048 " + random.nextInt(6)) : keys.any(random);
    }

    /** The signer's certificate, then its issuer's, up to a root. */
    private List<Certificate> chain() {
      List<Certificate> chain = new ArrayList<>();
      Certificate last = changed(certificates.selfSigned(key()));
      chain.add(last);
      int length = !calm && random.nextInt(10) < 4 ? 1 : random.nextInt(10) < 7 ? 2 : 3;
      for (int i = 1; i < length; i++) {
        last = changed(certificates.issuedBy(last, key()));
        chain.addFirst(last);
      }
      story.add((calm ? "calm " : "") + "chain=" + length);
      if (length > 1 && random.nextInt(20) == 0) {
        story.add("loop");
        chain.add(certificates.issuedBy(chain.getFirst(), chain.getLast().key()));
      }
      if (random.nextInt(20) == 0) {
        story.add("renewed");
        Certificate other =
            random.nextBoolean() ? chain.getFirst() : certificates.selfSigned(key());
        chain.add(certificates.renewed(chain.get(random.nextInt(chain.size())), other));
      }
      return chain;
    }

    /** Now and then changed before anything else is made of it. */
    private Certificate changed(Certificate certificate) {
      if (calm || random.nextInt(16) != 0) {
        return certificate;
      }
      Mutation.Changed changed = Mutation.tree(certificate.tree(), random);
      story.add("certificate:" + changed.what());
      return certificate.withTree(changed.tree());
    }

    /** Now and then a certificate is there with another SKID than elsewhere. */
    private void withTwins(List<Certificate> them, String where) {
      if (!them.isEmpty() && random.nextInt(calm ? 3 : 12) == 0) {
        int which = random.nextInt(them.size());
        them.set(which, certificates.twin(them.get(which)));
        story.add(where + "-twin");
      }
    }

    private List<Certificate> some(List<Certificate> all, int of) {
      List<Certificate> some = new ArrayList<>(all);
      some.removeIf(_ -> random.nextInt(of) == 0);
      return some;
    }

    /** The bytes of a tree; in one of so many cases with a change. */
    private Bytes encoded(Node tree, String what, int rarely) {
      if (calm || random.nextInt(rarely) != 0) {
        return Encoding.of(tree);
      }
      int draw = random.nextInt(10);
      if (draw == 0 || draw > 7) {
        return changedBytes(Encoding.of(tree), what);
      }
      if (draw == 2) {
        story.add("restyled-" + what);
        return Encoding.of(Mutation.restyled(tree, random));
      }
      Node start = draw == 1 ? tree.frozen(new Encoding(tree)) : tree;
      Mutation.Changed changed = Mutation.tree(start, random);
      story.add((draw == 1 ? "frozen-" : "") + what + ":" + changed.what());
      if (random.nextInt(6) == 0) {
        changed = Mutation.tree(changed.tree(), random);
        story.add(what + ":" + changed.what());
      }
      return Encoding.of(changed.tree());
    }

    private Bytes changedBytes(Bytes bytes, String what) {
      Bytes all = bytes;
      for (int i = random.nextInt(4) == 0 ? 2 : 1; i > 0; i--) {
        ByteChange.Changed changed = ByteChange.of(all, random);
        all = changed.bytes();
        story.add("bytes-" + what + ":" + changed.what());
      }
      return all;
    }

    /** Now and then as long as the decoder's limit, or about that. */
    private Bytes lengthened(Bytes certificate) {
      if (random.nextInt(300) != 0) {
        return certificate;
      }
      int limit = random.nextInt(20) == 0 ? KEY_LIMIT : DECODER_LIMIT;
      int size = random.nextInt(4) == 0 ? 0 : limit + random.nextInt(3) - 1;
      if (size < certificate.size()) {
        return Bytes.EMPTY;
      }
      story.add("ring-size=" + size);
      return Bytes.concat(certificate, Bytes.owning(new byte[size - certificate.size()]));
    }

    private Case.Load load(List<Certificate> chain) {
      Bytes insns = insns();
      List<Certificate> signers = new ArrayList<>(List.of(chain.getFirst()));
      while (random.nextInt(8) == 0) {
        signers.add(
            random.nextInt(2) == 0
                ? chain.get(random.nextInt(chain.size()))
                : certificates.selfSigned(key()));
      }
      List<Certificate> inside = random.nextInt(2) == 0 ? new ArrayList<>() : some(chain, 4);
      if (!inside.isEmpty()) {
        if (random.nextInt(12) == 0) {
          inside.add(certificates.selfSigned(key()));
        }
        withTwins(inside, "inside");
        if (random.nextInt(4) == 0) {
          Collections.shuffle(inside, random);
        }
      }
      if (random.nextInt(150) == 0) {
        story.add("many-inside");
        IntStream.range(0, 12).forEach(_ -> inside.add(certificates.selfSigned(key())));
      }
      Node message = new MessageMaker(random, calm).message(insns, signers, inside);
      story.add("signers=" + signers.size() + " inside=" + inside.size());
      int rarely = random.nextBoolean() ? Integer.MAX_VALUE : 1 + random.nextInt(2);
      Bytes signature = sized(other(encoded(message, "message", rarely), chain));
      return new Case.Load(
          given(insns),
          signature,
          random.nextInt(100) == 0,
          signatureSize(signature),
          random.nextInt(12) == 0 ? KEYRINGS[random.nextInt(KEYRINGS.length)] : Case.FRESH,
          Optional.empty());
    }

    /** Now and then something else than a message. */
    private Bytes other(Bytes message, List<Certificate> chain) {
      return switch (random.nextInt(600)) {
        case 0 -> Bytes.EMPTY;
        case 1 -> chain.getFirst().der();
        case 2 -> Encoding.of(AnyMaker.any(random));
        case 3 -> Bytes.concat(message, message);
        default -> message;
      };
    }

    /** A program that the BPF verifier takes: r0 is set a few times, then it ends. */
    private Bytes insns() {
      int count = 1 + random.nextInt(6);
      ByteBuffer insns = ByteBuffer.allocate(8 * count + 8).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < count; i++) {
        insns.putLong(MOV_R0 | (long) random.nextInt() << 32);
      }
      insns.putLong(EXIT);
      return Bytes.owning(insns.array());
    }

    /** Whole instructions count; what is left of a last one is not passed. */
    private Bytes given(Bytes insns) {
      int draw = random.nextInt(200);
      return draw == 0
          ? Bytes.EMPTY
          : draw == 1 ? Bytes.concat(insns, Bytes.owning(new byte[1 + random.nextInt(7)])) : insns;
    }

    /** Now and then as long as the kernel's limit, or about that. */
    private Bytes sized(Bytes message) {
      int size = 8192 + random.nextInt(3) - 1;
      if (random.nextInt(80) != 0 || message.size() > size) {
        return message;
      }
      story.add("padded=" + size);
      return Bytes.concat(message, Bytes.owning(new byte[size - message.size()]));
    }

    private long signatureSize(Bytes signature) {
      if (random.nextInt(40) != 0) {
        return Case.WHOLE;
      }
      long[] sizes = {
        0, 1, signature.size() - 1, signature.size() + 1, 8192, 8193, 65536, 0x7fff_ffffL
      };
      long size = sizes[random.nextInt(sizes.length)];
      story.add("signature_size=" + size);
      return size;
    }
  }
}
