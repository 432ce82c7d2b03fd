// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bpfseal.verifier.bytes.Bytes;

/** Makes cases for the other users of signatures: the kfunc, fs-verity and kernel modules. */
final class UserSteps {
  private static final int DYNPTR_LIMIT = (1 << 24) - 1;
  private static final int VERITY_LIMIT = 16128;
  private static final Bytes MARKER = Bytes.utf8("~Module signature appended~\n");
  private static final int[] IDS = {0, 1, 2, 3, -1, -2, -3, -4, -5, -6, -7, -8, 999_999_999};

  private final long seed;
  private final KeyPool keys;
  private final List<Certificate> known;

  UserSteps(long seed) {
    this(seed, List.of());
  }

  /**
   * Cases of a seed.
   *
   * @param known certificates of signers, the first of which issues further ones; none for new ones
   *     in each case
   */
  UserSteps(long seed, List<Certificate> known) {
    this.known = List.copyOf(known);
    this.seed = seed;
    this.keys = new KeyPool(seed, false);
  }

  /** Who asks. */
  enum User {
    KFUNC,
    FSVERITY,
    MODULE,
    /** The kernel is locked down, from the first such case on. */
    MODULE_UNDER_LOCKDOWN,
    /** Modules must be signed, from the first such case on. */
    ENFORCED_MODULE
  }

  Case make(int id, User user) {
    Making making = new Making(new Random(seed * 15_485_863 + id));
    return switch (user) {
      case KFUNC -> making.kfunc(id);
      case FSVERITY -> making.verity(id);
      case MODULE -> making.module(id, List.of());
      case MODULE_UNDER_LOCKDOWN -> making.module(id, List.of(new Step.LockDown()));
      case ENFORCED_MODULE ->
          making.module(id, List.of(new Step.LockDown(), new Step.EnforceModules()));
    };
  }

  /** A module with its signature behind it. */
  static Bytes signed(Bytes module, Bytes message) {
    return Bytes.concat(module, message, Bytes.owning(trailer(message.size())), MARKER);
  }

  private static byte[] trailer(long length) {
    byte[] trailer = new byte[12];
    trailer[2] = 2;
    for (int i = 0; i < 4; i++) {
      trailer[11 - i] = (byte) (length >>> (8 * i));
    }
    return trailer;
  }

  /** One case in the making. */
  private final class Making {
    private final Random random;
    private final List<Step> steps = new ArrayList<>();
    private final CertificateMaker certificates;
    private final Certificate root;
    private final Certificate signer;

    Making(Random random) {
      this.random = random;
      this.certificates = new CertificateMaker(random, true);
      if (known.isEmpty()) {
        this.root = certificates.selfSigned(keys.key("rsa 1024 0"));
        this.signer = rarely(2) ? root : certificates.issuedBy(root, keys.any(random));
      } else {
        this.root = known.getFirst();
        this.signer =
            rarely(4)
                ? certificates.issuedBy(root, keys.any(random))
                : known.get(random.nextInt(known.size()));
      }
    }

    private boolean rarely(int of) {
      return random.nextInt(of) == 0;
    }

    private Bytes octets(int size) {
      byte[] octets = new byte[size];
      random.nextBytes(octets);
      return Bytes.owning(octets);
    }

    private Bytes message(Bytes content) {
      List<Certificate> inside = rarely(2) ? List.of() : List.of(signer, root);
      Node message = new MessageMaker(random, rarely(2)).message(content, List.of(signer), inside);
      return switch (random.nextInt(6)) {
        case 0 -> Mutation.bytes(message, random);
        case 1 -> ByteChange.of(Encoding.of(message), random).bytes();
        default -> Encoding.of(message);
      };
    }

    private List<Bytes> ring() {
      List<Bytes> ring = new ArrayList<>();
      if (!rarely(5)) {
        ring.add(root.der());
      }
      if (!rarely(3)) {
        ring.add(signer.der());
      }
      return ring;
    }

    Case kfunc(int id) {
      int size = rarely(6) ? 0 : random.nextInt(5000);
      Bytes content = octets(size);
      Bytes message = message(content);
      if (rarely(40)) {
        content = Bytes.owning(Arrays.copyOf(content.toArray(), DYNPTR_LIMIT + 1));
      }
      if (rarely(12)) {
        message = Bytes.owning(Arrays.copyOf(message.toArray(), 65534 + random.nextInt(4)));
      }
      Step.Lookup lookup = Step.Lookup.NUMBERED;
      int which = 0;
      if (rarely(4)) {
        which = IDS[random.nextInt(IDS.length)];
        lookup = which >= 0 && which <= 3 ? Step.Lookup.SYSTEM : Step.Lookup.SERIAL;
      }
      if (rarely(6)) {
        steps.add(rarely(2) ? new Step.Expire(0) : new Step.Revoke(0));
      }
      steps.add(new Step.Kfunc(content, message, lookup, which));
      return new Case(id, "kfunc", ring(), steps, Optional.empty());
    }

    Case verity(int id) {
      steps.add(new Step.Clear(Step.FSVERITY));
      ring().forEach(payload -> steps.add(new Step.Add(Step.FSVERITY, payload)));
      Bytes content = octets(rarely(8) ? 0 : random.nextInt(4097));
      boolean sha512 = rarely(3);
      Bytes digest = SteppedMirror.digest(new Step.Verity(content, content, sha512, false));
      Bytes head = Bytes.hex(sha512 ? "02004000" : "01002000");
      Bytes signature = message(Bytes.concat(Bytes.utf8("FSVerity"), head, digest));
      if (rarely(8)) {
        int size = VERITY_LIMIT + random.nextInt(3) - 1;
        signature = Bytes.owning(Arrays.copyOf(signature.toArray(), size));
      }
      if (rarely(8)) {
        signature = Bytes.EMPTY;
      }
      steps.add(new Step.Verity(content, signature, sha512, rarely(3)));
      return new Case(id, "fs-verity", List.of(), steps, Optional.empty());
    }

    Case module(int id, List<Step> first) {
      steps.addAll(first);
      for (int i = 0; i < 3; i++) {
        steps.add(new Step.Module(file()));
      }
      return new Case(id, "module " + first, List.of(), steps, Optional.empty());
    }

    /** Not an ELF file, so that the kernel goes no further than to its signature. */
    private Bytes file() {
      Bytes module = octets(200 + random.nextInt(2000));
      Bytes message = message(module);
      byte[] trailer = trailer(length(message.size(), module.size()));
      if (rarely(4)) {
        trailer[random.nextInt(8)] = (byte) random.nextInt(4);
      }
      Bytes all = Bytes.concat(module, message, Bytes.owning(trailer));
      Bytes file = Bytes.concat(all, MARKER);
      return switch (random.nextInt(14)) {
        case 0 -> all;
        case 1 -> Bytes.concat(all, RsaFlaw.flipped(MARKER, random, 0));
        case 2 -> Bytes.concat(file, MARKER);
        case 3 -> Bytes.concat(file, Bytes.of((byte) 0));
        case 4 -> Bytes.concat(octets(64), MARKER);
        default -> file;
      };
    }

    private long length(int message, int module) {
      if (!rarely(4)) {
        return message;
      }
      long[] lengths = {
        0,
        message - 1L,
        message + 1L,
        message + module - 1L,
        (long) message + module,
        message + module + 1L,
        0xffff_ffffL,
        Integer.toUnsignedLong(Integer.reverseBytes(message))
      };
      return lengths[random.nextInt(lengths.length)];
    }
  }
}
