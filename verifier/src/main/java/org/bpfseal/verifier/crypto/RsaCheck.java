// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.crypto;

import java.math.BigInteger;
import java.util.Set;
import org.bpfseal.verifier.Check;
import org.bpfseal.verifier.KernelFeature;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.Place;
import org.bpfseal.verifier.Refusal;
import org.bpfseal.verifier.ber.BerElement;
import org.bpfseal.verifier.ber.BerReader;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * RSASSA-PKCS1-v1_5 as crypto/rsa.c and crypto/rsassa-pkcs1.c do it.
 *
 * <p>By modular exponentiation and a look at the block, since a provider's {@code Signature} can't
 * tell apart the three errnos of a wrong block. Only public values are handled.
 */
final class RsaCheck {
  private static final int MOST_BITS = 16384;
  private static final int LIMB = 8;
  private static final int LEAST_PADDING = 8;
  private static final Set<Integer> SIZES = Set.of(512, 1024, 1536, 2048, 3072, 4096);
  private static final int LEAST_FIPS_BITS = 2048;
  private static final BigInteger FIPS_EXPONENT_MIN = BigInteger.valueOf(65536);
  private static final int FIPS_EXPONENT_BITS = 256;

  private final BigInteger modulus;
  private final BigInteger exponent;

  /** Octets of the modulus, rounded up to whole limbs of the kernel's multi-precision integers. */
  private final int size;

  private final Place key;

  private RsaCheck(KernelProfile profile, PublicKey publicKey) throws Refusal {
    key = publicKey.place();
    BerReader reader = BerReader.of(publicKey.bits(), key.path(), key.offset());
    reader.open(0x30, "RSAPublicKey");
    Bytes n = integer(reader, "modulus").contents();
    requireFipsOctets(profile, n);
    BerElement second = integer(reader, "publicExponent");
    Bytes e = second.contents();
    if (e.size() > n.size()) {
      throw reader.refuse(Check.RSA_INTEGERS, "publicExponent", second);
    }
    reader.close();
    exponent = number(e);
    modulus = number(n);
    size = (modulus.bitLength() + LIMB * 8 - 1) / (LIMB * 8) * LIMB;
    requireSize(profile);
  }

  static void verify(KernelProfile profile, PublicKey key, SignedValue value) throws Refusal {
    new RsaCheck(profile, key).verify(value);
  }

  private void verify(SignedValue value) throws Refusal {
    if (value.signature().size() != size) {
      throw Refusal.at(Check.RSA_SIGNATURE_LENGTH, value.place(), value.signature().size(), size);
    }
    Bytes digest =
        value.message().orElseThrow(() -> Refusal.at(Check.RSA_NO_DIGEST, value.place()));
    Bytes prefix = value.hash().flatMap(DigestInfo::prefix).orElseThrow();
    BigInteger s = new BigInteger(1, value.signature().toArray());
    if (s.compareTo(BigInteger.ONE) <= 0 || s.compareTo(modulus.subtract(BigInteger.ONE)) >= 0) {
      throw Refusal.at(Check.RSA_RANGE, value.place());
    }
    requireBlock(octets(s.modPow(exponent, modulus)), prefix, digest, value.place());
  }

  private void requireBlock(Bytes block, Bytes prefix, Bytes digest, Place value) throws Refusal {
    if (block.at(0) != 0) {
      throw Refusal.at(Check.RSA_FIRST_OCTET, value, "%02x".formatted(block.at(0)));
    }
    int at = 2;
    while (at < size && block.at(at) == 0xff) {
      at++;
    }
    if (block.at(1) != 1 || at < 2 + LEAST_PADDING || at == size || block.at(at) != 0) {
      throw Refusal.at(Check.RSA_PADDING, value);
    }
    Bytes info = block.from(at + 1);
    if (!info.startsWith(prefix)) {
      throw Refusal.at(Check.RSA_PADDING, value);
    }
    if (!info.from(prefix.size()).equals(digest)) {
      throw Refusal.at(Check.RSA_DIGEST, value);
    }
  }

  private void requireSize(KernelProfile profile) throws Refusal {
    boolean fips = profile.has(KernelFeature.FIPS);
    int bits = size * 8;
    if (!SIZES.contains(bits) || (fips && bits < LEAST_FIPS_BITS)) {
      throw Refusal.at(Check.RSA_SIZE, key, modulus.bitLength());
    }
    if (fips
        && (!exponent.testBit(0)
            || exponent.compareTo(FIPS_EXPONENT_MIN) <= 0
            || exponent.bitLength() > FIPS_EXPONENT_BITS)) {
      throw Refusal.at(Check.RSA_EXPONENT, key);
    }
  }

  /** In FIPS mode a short modulus is refused while it is read, so before the exponent is. */
  private void requireFipsOctets(KernelProfile profile, Bytes n) throws Refusal {
    if (profile.has(KernelFeature.FIPS)) {
      int zeros = 0;
      while (zeros < n.size() && n.at(zeros) == 0) {
        zeros++;
      }
      if (n.size() - zeros < LEAST_FIPS_BITS / 8) {
        throw Refusal.at(Check.RSA_SIZE, key, (n.size() - zeros) * 8);
      }
    }
  }

  private static BerElement integer(BerReader reader, String name) throws Refusal {
    BerElement element = reader.primitive(0x02, name);
    if (element.contents().isEmpty()) {
      throw reader.refuse(Check.RSA_INTEGERS, name, element);
    }
    return element;
  }

  /** The octets as an unsigned number: a missing leading zero does not matter. */
  private BigInteger number(Bytes octets) throws Refusal {
    BigInteger number = new BigInteger(1, octets.toArray());
    if (number.bitLength() > MOST_BITS) {
      throw Refusal.at(Check.RSA_HUGE, key, number.bitLength());
    }
    return number;
  }

  private Bytes octets(BigInteger number) {
    byte[] minimal = number.toByteArray();
    int sign = minimal.length > 1 && minimal[0] == 0 ? 1 : 0;
    byte[] padded = new byte[size];
    int length = minimal.length - sign;
    System.arraycopy(minimal, sign, padded, size - length, length);
    return Bytes.owning(padded);
  }
}
