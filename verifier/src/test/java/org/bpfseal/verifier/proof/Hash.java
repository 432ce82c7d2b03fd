// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.util.List;
import java.util.Random;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.GOST3411_2012_256Digest;
import org.bouncycastle.crypto.digests.GOST3411_2012_512Digest;
import org.bouncycastle.crypto.digests.MD5Digest;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA224Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA3Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.digests.SHA512tDigest;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bpfseal.verifier.bytes.Bytes;

/** Digest algorithms, with the object identifiers of their signatures. */
enum Hash {
  SHA1("1.3.14.3.2.26", "1.2.840.113549.1.1.5", "1.2.840.10045.4.1"),
  SHA224("2.16.840.1.101.3.4.2.4", "1.2.840.113549.1.1.14", "1.2.840.10045.4.3.1"),
  SHA256("2.16.840.1.101.3.4.2.1", "1.2.840.113549.1.1.11", "1.2.840.10045.4.3.2"),
  SHA384("2.16.840.1.101.3.4.2.2", "1.2.840.113549.1.1.12", "1.2.840.10045.4.3.3"),
  SHA512("2.16.840.1.101.3.4.2.3", "1.2.840.113549.1.1.13", "1.2.840.10045.4.3.4"),
  SHA3_256("2.16.840.1.101.3.4.2.8", "2.16.840.1.101.3.4.3.14", "2.16.840.1.101.3.4.3.10"),
  SHA3_384("2.16.840.1.101.3.4.2.9", "2.16.840.1.101.3.4.3.15", "2.16.840.1.101.3.4.3.11"),
  SHA3_512("2.16.840.1.101.3.4.2.10", "2.16.840.1.101.3.4.3.16", "2.16.840.1.101.3.4.3.12"),
  STREEBOG_256("1.2.643.7.1.1.2.2", "1.2.643.7.1.1.3.2", "1.2.643.7.1.1.3.2"),
  STREEBOG_512("1.2.643.7.1.1.2.3", "1.2.643.7.1.1.3.3", "1.2.643.7.1.1.3.3"),
  SM3("1.2.156.10197.1.401", "1.2.156.10197.1.504", "1.2.156.10197.1.501"),
  MD5("1.2.840.113549.2.5", "1.2.840.113549.1.1.4", "1.2.840.113549.1.1.4"),
  SHA512_256("2.16.840.1.101.3.4.2.6", "1.2.840.113549.1.1.16", "1.2.840.10045.4.3.2"),
  SHA3_224("2.16.840.1.101.3.4.2.7", "2.16.840.1.101.3.4.3.13", "2.16.840.1.101.3.4.3.9");

  static final List<Hash> ALL = List.of(values());
  private static final List<Hash> USUAL = List.of(SHA256, SHA256, SHA256, SHA384, SHA512, SHA1);

  /** Its own, and those of signatures over it by RSA and by ECDSA keys. */
  final String oid;

  final String rsaOid;
  final String ecdsaOid;

  Hash(String oid, String rsaOid, String ecdsaOid) {
    this.oid = oid;
    this.rsaOid = rsaOid;
    this.ecdsaOid = ecdsaOid;
  }

  Bytes of(Bytes input) {
    Digest digest = digest();
    digest.update(input.toArray(), 0, input.size());
    byte[] value = new byte[digest.getDigestSize()];
    digest.doFinal(value, 0);
    return Bytes.owning(value);
  }

  private Digest digest() {
    return switch (this) {
      case SHA1 -> new SHA1Digest();
      case SHA224 -> new SHA224Digest();
      case SHA256 -> new SHA256Digest();
      case SHA384 -> new SHA384Digest();
      case SHA512 -> new SHA512Digest();
      case SHA3_256 -> new SHA3Digest(256);
      case SHA3_384 -> new SHA3Digest(384);
      case SHA3_512 -> new SHA3Digest(512);
      case STREEBOG_256 -> new GOST3411_2012_256Digest();
      case STREEBOG_512 -> new GOST3411_2012_512Digest();
      case SM3 -> new SM3Digest();
      case MD5 -> new MD5Digest();
      case SHA512_256 -> new SHA512tDigest(256);
      case SHA3_224 -> new SHA3Digest(224);
    };
  }

  /** Mostly a usual one. */
  static Hash any(Random random) {
    return random.nextInt(6) != 0
        ? USUAL.get(random.nextInt(USUAL.size()))
        : ALL.get(random.nextInt(ALL.size()));
  }
}
