// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/** The keys of one seed, made when they are first asked for. */
final class KeyPool {
  /** One octet above the longest modulus that the kernel has memory for. */
  private static final int HUGE = 16392;

  private static final int[] ODD_RSA_SIZES = {
    512, 768, 1024, 1024, 1536, 1536, 1984, 1985, 2040, 2041, 2047, 2049, 2056, 2560, 3072, 3072,
    4096, 5120, HUGE
  };
  private static final int KEYS_OF_A_KIND = 4;

  /** Further kinds, for kernels that have all modules loaded. */
  private static final String[] OF_MODULES = {
    "gost " + GostKey.CURVE_256_B,
    "gost " + GostKey.CURVE_256_B,
    "gost " + GostKey.CURVE_512_A,
    "gost " + GostKey.CURVE_256_A_OLD,
    "gost " + GostKey.CURVE_256_A
  };

  private final long seed;
  private final boolean allModules;
  private final Map<String, LabKey> keys = new ConcurrentHashMap<>();

  KeyPool(long seed, boolean allModules) {
    this.seed = seed;
    this.allModules = allModules;
  }

  /** Mostly RSA-2048, which the kernel verifies quickly, then P-256. */
  LabKey any(Random random) {
    int draw = random.nextInt(100);
    int number = random.nextInt(KEYS_OF_A_KIND);
    if (allModules && random.nextInt(4) == 0) {
      return key(OF_MODULES[random.nextInt(OF_MODULES.length)] + " " + number);
    }
    if (draw < 58) {
      return key("rsa 2048 " + number);
    }
    if (draw < 72) {
      return key("ec secp256r1 " + number);
    }
    if (draw < 84) {
      return key("rsa " + ODD_RSA_SIZES[random.nextInt(ODD_RSA_SIZES.length)] + " " + number % 2);
    }
    return key(rare(random) + " " + number % 2);
  }

  private static String rare(Random random) {
    return switch (random.nextInt(16)) {
      case 0, 1, 2 -> "ec secp384r1";
      case 3, 4 -> "ec secp521r1";
      case 5, 6, 7 -> "ec secp192r1";
      case 8 -> "ec secp256k1";
      case 9 -> "ec brainpoolP256r1";
      case 10 -> "gost " + GostKey.CURVE_256_B;
      case 11 -> "gost " + GostKey.CURVE_512_A;
      case 12 -> "gost " + (random.nextBoolean() ? GostKey.CURVE_256_A : GostKey.CURVE_256_A_OLD);
      case 13 -> "mldsa 44";
      case 14 -> random.nextBoolean() ? "mldsa 65" : "mldsa 87";
      default -> "ed25519 0";
    };
  }

  /**
   * One key.
   *
   * @param name kind, parameter and number
   */
  LabKey key(String name) {
    return keys.computeIfAbsent(name, this::make);
  }

  private LabKey make(String name) {
    String[] words = name.split(" ", -1);
    Random random = new Random(seed * 31 + name.hashCode());
    return switch (words[0]) {
      case "rsa" -> RsaKey.make(Integer.parseInt(words[1]), random);
      case "ec" -> EcKey.make(words[1], random);
      case "gost" -> GostKey.make(words[1], random);
      case "mldsa" -> MlDsaKey.make(Integer.parseInt(words[1]), random);
      case "ed25519" -> ForeignKey.make(random);
      default -> throw new IllegalArgumentException(name);
    };
  }
}
