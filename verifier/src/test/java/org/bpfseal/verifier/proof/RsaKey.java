// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * An RSA key of any size, with more than two primes so that it is made and used quickly; the public
 * key doesn't show it.
 */
record RsaKey(BigInteger modulus, BigInteger exponent, List<BigInteger> primes) implements LabKey {
  private static final int PRIME_BITS = 512;

  RsaKey {
    primes = List.copyOf(primes);
  }

  static RsaKey make(int bits, Random random) {
    int count = Math.max(2, (bits + PRIME_BITS - 1) / PRIME_BITS);
    BigInteger exponent = exponent(bits, random);
    while (true) {
      List<BigInteger> primes = new ArrayList<>();
      BigInteger modulus = BigInteger.ONE;
      for (int i = 0; i < count; i++) {
        int left = bits - modulus.bitLength() + 1;
        BigInteger prime = prime(i == count - 1 ? left : bits / count, exponent, random);
        primes.add(prime);
        modulus = modulus.multiply(prime);
      }
      if (modulus.bitLength() == bits && primes.stream().distinct().count() == count) {
        return new RsaKey(modulus, exponent, primes);
      }
    }
  }

  /** Mostly the usual one; 1, which leaves the block as it is, up to one as long as the modulus. */
  private static BigInteger exponent(int bits, Random random) {
    return switch (random.nextInt(16)) {
      case 0, 1, 2 -> BigInteger.valueOf(3);
      case 3 -> BigInteger.valueOf(17);
      case 4 -> BigInteger.valueOf((1L << 32) + 15);
      case 5 -> bits > 2048 ? BigInteger.valueOf(257) : BigInteger.probablePrime(bits - 1, random);
      case 6 -> BigInteger.ONE;
      default -> BigInteger.valueOf(65537);
    };
  }

  private static BigInteger prime(int bits, BigInteger exponent, Random random) {
    while (true) {
      BigInteger prime = BigInteger.probablePrime(bits, random);
      if (prime.subtract(BigInteger.ONE).gcd(exponent).equals(BigInteger.ONE)) {
        return prime;
      }
    }
  }

  @Override
  public Node publicKey() {
    return Der.sequence(
        Der.algorithmWithNull("1.2.840.113549.1.1.1"),
        Der.bits(Der.sequence(Der.integer(modulus), Der.integer(exponent))));
  }

  @Override
  public Node certificateAlgorithm(Hash hash) {
    return Der.algorithmWithNull(hash.rsaOid);
  }

  @Override
  public Node messageAlgorithm(Hash hash) {
    return Der.algorithmWithNull("1.2.840.113549.1.1.1");
  }

  int size() {
    return (modulus.bitLength() + 7) / 8;
  }

  @Override
  public Bytes sign(Hash hash, Bytes message, long flaw) {
    Bytes digestInfo = Encoding.of(digestInfo(hash, hash.of(message)));
    if (flaw != 0) {
      return RsaFlaw.sign(this, hash, message, new Random(flaw));
    }
    return power(block(digestInfo, size()), size());
  }

  static Node digestInfo(Hash hash, Bytes digest) {
    return Der.sequence(Der.algorithmWithNull(hash.oid), Der.octets(digest));
  }

  /** 00 01 FF.. 00 and the end; as much of it as there is room for. */
  static byte[] block(Bytes end, int size) {
    byte[] block = new byte[size];
    Arrays.fill(block, (byte) 0xff);
    block[0] = 0;
    if (size > 1) {
      block[1] = 1;
    }
    int at = Math.max(2, size - end.size());
    block[at - 1] = 0;
    for (int i = at; i < size; i++) {
      block[i] = (byte) end.at(i - at);
    }
    return block;
  }

  /** The private operation, by the Chinese remainder theorem. */
  Bytes power(byte[] block, int size) {
    BigInteger input = new BigInteger(1, block).mod(modulus);
    BigInteger result = BigInteger.ZERO;
    BigInteger product = BigInteger.ONE;
    for (BigInteger prime : primes) {
      BigInteger secret = exponent.modInverse(prime.subtract(BigInteger.ONE));
      BigInteger part = input.mod(prime).modPow(secret, prime);
      BigInteger step = part.subtract(result).multiply(product.modInverse(prime)).mod(prime);
      result = result.add(step.multiply(product));
      product = product.multiply(prime);
    }
    return octets(result, size);
  }

  /** Big-endian; the low octets where there are too many. */
  static Bytes octets(BigInteger value, int size) {
    byte[] all = value.toByteArray();
    byte[] fixed = new byte[size];
    int count = Math.min(size, all.length);
    System.arraycopy(all, all.length - count, fixed, size - count, count);
    return Bytes.owning(fixed);
  }
}
