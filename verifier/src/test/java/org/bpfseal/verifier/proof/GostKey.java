// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.math.BigInteger;
import java.util.Random;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cryptopro.ECGOST3410NamedCurves;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.math.ec.ECPoint;
import org.bpfseal.verifier.bytes.Bytes;

/** A key for EC-RDSA (GOST R 34.10-2012), written as RFC 9215 has it. */
record GostKey(String curveOid, ECDomainParameters curve, BigInteger secret) implements LabKey {
  static final String CURVE_256_B = "1.2.643.7.1.2.1.1.2";
  static final String CURVE_256_A_OLD = "1.2.643.2.2.35.1";
  static final String CURVE_256_A = "1.2.643.7.1.2.1.1.1";
  static final String CURVE_512_A = "1.2.643.7.1.2.1.2.1";

  static GostKey make(String curveOid, Random random) {
    X9ECParameters parameters =
        ECGOST3410NamedCurves.getByOIDX9(new ASN1ObjectIdentifier(curveOid));
    BigInteger secret =
        new BigInteger(parameters.getN().bitLength() - 1, random).add(BigInteger.ONE);
    return new GostKey(curveOid, new ECDomainParameters(parameters), secret);
  }

  private int size() {
    return (curve.getN().bitLength() + 7) / 8;
  }

  private String keyOid() {
    return size() == 32 ? "1.2.643.7.1.1.1.1" : "1.2.643.7.1.1.1.2";
  }

  Hash ownHash() {
    return size() == 32 ? Hash.STREEBOG_256 : Hash.STREEBOG_512;
  }

  @Override
  public Node publicKey() {
    ECPoint point = curve.getG().multiply(secret).normalize();
    Bytes little =
        Bytes.concat(
            reversed(RsaKey.octets(point.getAffineXCoord().toBigInteger(), size())),
            reversed(RsaKey.octets(point.getAffineYCoord().toBigInteger(), size())));
    return Der.sequence(
        Der.sequence(Der.oid(keyOid()), Der.sequence(Der.oid(curveOid), Der.oid(ownHash().oid))),
        Der.bits(Der.octets(little)));
  }

  private static Bytes reversed(Bytes bytes) {
    byte[] copy = new byte[bytes.size()];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = (byte) bytes.at(copy.length - 1 - i);
    }
    return Bytes.owning(copy);
  }

  @Override
  public Node certificateAlgorithm(Hash hash) {
    return Der.algorithm(ownHash().rsaOid);
  }

  @Override
  public Node messageAlgorithm(Hash hash) {
    return Der.algorithm(keyOid());
  }

  /** GOST R 34.10-2012, section 6.1, with a nonce that follows from key and message. */
  @Override
  public Bytes sign(Hash hash, Bytes message, long flaw) {
    Bytes digest = hash.of(message);
    BigInteger order = curve.getN();
    BigInteger e = new BigInteger(1, reversed(digest).toArray()).mod(order);
    if (e.signum() == 0) {
      e = BigInteger.ONE;
    }
    BigInteger nonce = new BigInteger(1, nonceOctets(digest)).mod(order);
    BigInteger r =
        curve.getG().multiply(nonce).normalize().getAffineXCoord().toBigInteger().mod(order);
    BigInteger s = r.multiply(secret).add(nonce.multiply(e)).mod(order);
    Bytes signature = Bytes.concat(RsaKey.octets(s, size()), RsaKey.octets(r, size()));
    return flaw == 0 ? signature : wrong(signature, new Random(flaw));
  }

  private byte[] nonceOctets(Bytes digest) {
    byte[] octets = new byte[32];
    SHA256Digest sha = new SHA256Digest();
    Bytes input = Bytes.concat(RsaKey.octets(secret, size()), digest);
    sha.update(input.toArray(), 0, input.size());
    sha.doFinal(octets, 0);
    return octets;
  }

  private static Bytes wrong(Bytes signature, Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> Bytes.concat(signature, Bytes.of((byte) 0));
      case 1 -> signature.from(1);
      case 2 -> Bytes.owning(new byte[signature.size()]);
      case 3 -> reversed(signature);
      default -> RsaFlaw.flipped(signature, random, 0);
    };
  }
}
