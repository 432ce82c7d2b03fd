// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.bpfseal.verifier.bytes.Bytes;

/** RSA signatures that are wrong in the number, in its length, or in the block below it. */
enum RsaFlaw {
  FIRST_OCTET,
  BLOCK_TYPE,
  SHORT_PADDING,
  PADDING_OCTET,
  NO_SEPARATOR,
  TWO_SEPARATORS,
  NO_NULL,
  MUTATED_DIGEST_INFO,
  OTHER_DIGEST_INFO,
  NO_DIGEST_INFO,
  DIGEST_BIT,
  DIGEST_LONGER,
  DIGEST_SHORTER,
  GARBAGE_BEHIND,
  LEADING_ZERO,
  PADDED_TO_LIMBS,
  STRIPPED,
  TRAILING_OCTET,
  EMPTY,
  SMALL_NUMBER,
  LARGE_NUMBER,
  RANDOM_NUMBER,
  BIT;

  private static final List<RsaFlaw> ALL = List.of(values());

  static Bytes sign(RsaKey key, Hash hash, Bytes message, Random random) {
    RsaFlaw flaw = ALL.get(random.nextInt(ALL.size()));
    Bytes digest = hash.of(message);
    Bytes good = Encoding.of(RsaKey.digestInfo(hash, digest));
    return switch (flaw) {
      case MUTATED_DIGEST_INFO ->
          power(key, Mutation.bytes(RsaKey.digestInfo(hash, digest), random));
      case NO_NULL -> power(key, Encoding.of(withoutNull(hash, digest)));
      case OTHER_DIGEST_INFO -> {
        Hash other = Hash.ALL.get(random.nextInt(Hash.ALL.size()));
        Bytes value = random.nextBoolean() ? digest : other.of(message);
        yield power(key, Encoding.of(RsaKey.digestInfo(other, value)));
      }
      case NO_DIGEST_INFO -> power(key, digest);
      case DIGEST_BIT -> power(key, flipped(good, random, good.size() - digest.size()));
      case DIGEST_LONGER -> power(key, Bytes.concat(good, Bytes.of((byte) random.nextInt(2))));
      case DIGEST_SHORTER -> power(key, good.slice(0, good.size() - 1 - random.nextInt(4)));
      case FIRST_OCTET,
          BLOCK_TYPE,
          SHORT_PADDING,
          PADDING_OCTET,
          NO_SEPARATOR,
          TWO_SEPARATORS,
          GARBAGE_BEHIND ->
          key.power(block(flaw, good, key.size(), random), key.size());
      case LEADING_ZERO,
          PADDED_TO_LIMBS,
          STRIPPED,
          TRAILING_OCTET,
          EMPTY,
          SMALL_NUMBER,
          LARGE_NUMBER,
          RANDOM_NUMBER,
          BIT ->
          number(flaw, key, power(key, good), random);
    };
  }

  private static Bytes power(RsaKey key, Bytes end) {
    return key.power(RsaKey.block(end, key.size()), key.size());
  }

  private static Node withoutNull(Hash hash, Bytes digest) {
    return Der.sequence(Der.algorithm(hash.oid), Der.octets(digest));
  }

  /** One bit changed at or behind an index. */
  static Bytes flipped(Bytes bytes, Random random, int from) {
    byte[] copy = bytes.toArray();
    if (copy.length > from) {
      copy[from + random.nextInt(copy.length - from)] ^= (byte) (1 << random.nextInt(8));
    }
    return Bytes.owning(copy);
  }

  private static byte[] block(RsaFlaw flaw, Bytes end, int size, Random random) {
    byte[] block = RsaKey.block(end, size);
    int separator = Math.max(1, size - end.size() - 1);
    switch (flaw) {
      case FIRST_OCTET -> block[0] = (byte) (1 + random.nextInt(3));
      case BLOCK_TYPE -> block[1] = (byte) (2 * random.nextInt(2));
      case PADDING_OCTET -> block[Math.min(size - 1, 2 + random.nextInt(separator))] ^= 1;
      case NO_SEPARATOR -> block[separator] = (byte) 0xff;
      case TWO_SEPARATORS -> block[Math.max(2, separator - 1)] = 0;
      case SHORT_PADDING, GARBAGE_BEHIND -> {
        int padding = flaw == SHORT_PADDING ? 5 + random.nextInt(5) : 8 + random.nextInt(8);
        random.nextBytes(block);
        block[0] = 0;
        block[1] = 1;
        for (int i = 2; i < size && i < 2 + padding; i++) {
          block[i] = (byte) 0xff;
        }
        int at = Math.min(size - 1, 2 + padding);
        block[at] = 0;
        for (int i = 0; i < end.size() && at + 1 + i < size; i++) {
          block[at + 1 + i] = (byte) end.at(i);
        }
      }
      default -> throw new AssertionError(flaw);
    }
    return block;
  }

  private static Bytes number(RsaFlaw flaw, RsaKey key, Bytes good, Random random) {
    int size = key.size();
    return switch (flaw) {
      case LEADING_ZERO -> Bytes.concat(Bytes.of((byte) 0), good);
      case PADDED_TO_LIMBS -> RsaKey.octets(new BigInteger(1, good.toArray()), (size + 7) / 8 * 8);
      case STRIPPED -> good.from(1);
      case TRAILING_OCTET -> Bytes.concat(good, Bytes.of((byte) random.nextInt(2)));
      case EMPTY -> Bytes.EMPTY;
      case SMALL_NUMBER -> RsaKey.octets(BigInteger.valueOf(random.nextInt(3)), size);
      case LARGE_NUMBER ->
          RsaKey.octets(key.modulus().add(BigInteger.valueOf(random.nextInt(4) - 2)), size);
      case RANDOM_NUMBER -> RsaKey.octets(new BigInteger(8 * size, random), size);
      case BIT -> flipped(good, random, 0);
      default -> throw new AssertionError(flaw);
    };
  }
}
