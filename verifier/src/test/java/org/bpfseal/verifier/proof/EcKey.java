// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bpfseal.verifier.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/** A key on a prime curve, for ECDSA. */
record EcKey(String curveOid, ECDomainParameters curve, BigInteger secret) implements LabKey {
  private static final int POINT_FLAWS = 6;

  static EcKey make(String curve, Random random) {
    @Nullable X9ECParameters fast = CustomNamedCurves.getByName(curve);
    X9ECParameters parameters = fast == null ? ECNamedCurveTable.getByName(curve) : fast;
    BigInteger secret =
        new BigInteger(parameters.getN().bitLength() + 64, random)
            .mod(parameters.getN().subtract(BigInteger.ONE))
            .add(BigInteger.ONE);
    return new EcKey(
        ECNamedCurveTable.getOID(curve).getId(), new ECDomainParameters(parameters), secret);
  }

  private Bytes point(boolean compressed) {
    return Bytes.owning(curve.getG().multiply(secret).normalize().getEncoded(compressed));
  }

  @Override
  public Node publicKey() {
    return publicKey(point(false));
  }

  /** With a compressed point. */
  Node compressedPublicKey() {
    return publicKey(point(true));
  }

  /** With a point that is written wrongly or isn't on the curve. */
  Node wrongPublicKey(Random random) {
    Bytes point = point(false);
    int half = (point.size() - 1) / 2;
    return publicKey(
        switch (random.nextInt(POINT_FLAWS)) {
          case 0 -> point(true);
          case 1 -> RsaFlaw.flipped(point, random, 1);
          case 2 -> Bytes.concat(point, Bytes.of((byte) 0));
          case 3 -> point.slice(0, point.size() - 2);
          case 4 -> Bytes.concat(Bytes.of((byte) 4), Bytes.owning(new byte[2 * half]));
          default -> Bytes.concat(Bytes.of((byte) (random.nextInt(4) + 4)), point.from(1));
        });
  }

  private Node publicKey(Bytes point) {
    return Der.sequence(
        Der.sequence(Der.oid("1.2.840.10045.2.1"), Der.oid(curveOid)), Der.bits(point));
  }

  @Override
  public Node certificateAlgorithm(Hash hash) {
    return Der.algorithm(hash.ecdsaOid);
  }

  @Override
  public Node messageAlgorithm(Hash hash) {
    return Der.algorithm(hash.ecdsaOid);
  }

  @Override
  public Bytes sign(Hash hash, Bytes message, long flaw) {
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, new ECPrivateKeyParameters(secret, curve));
    BigInteger[] pair = signer.generateSignature(hash.of(message).toArray());
    if (flaw != 0) {
      return wrong(pair[0], pair[1], new Random(flaw));
    }
    return Encoding.of(Der.sequence(Der.integer(pair[0]), Der.integer(pair[1])));
  }

  private Bytes wrong(BigInteger r, BigInteger s, Random random) {
    Node good = Der.sequence(Der.integer(r), Der.integer(s));
    BigInteger order = curve.getN();
    int size = (order.bitLength() + 7) / 8;
    return switch (random.nextInt(9)) {
      case 0 -> pair(raw(r), raw(order.subtract(s)));
      case 1 -> pair(numbers(r, random), raw(s));
      case 2 -> pair(raw(r), numbers(s, random));
      case 3 -> pair(unsigned(r, size + random.nextInt(9) - 1), unsigned(s, size));
      case 4 -> pair(unsigned(r, size), unsigned(s, (size + 7) / 8 * 8 + random.nextInt(4)));
      case 5 -> Bytes.concat(RsaKey.octets(r, size), RsaKey.octets(s, size));
      case 6 -> Bytes.concat(Encoding.of(good), Bytes.of((byte) random.nextInt(256)));
      case 7 -> RsaFlaw.flipped(Encoding.of(good), random, 0);
      default -> Mutation.bytes(good, random);
    };
  }

  private Bytes numbers(BigInteger number, Random random) {
    BigInteger order = curve.getN();
    List<BigInteger> others =
        List.of(
            BigInteger.ZERO,
            BigInteger.ONE,
            number.negate(),
            number.add(order),
            order,
            order.subtract(BigInteger.ONE),
            order.subtract(number));
    int choice = random.nextInt(others.size() + 1);
    return choice == others.size() ? Bytes.EMPTY : raw(others.get(choice));
  }

  private static Bytes raw(BigInteger number) {
    return Bytes.owning(number.toByteArray());
  }

  private static Bytes unsigned(BigInteger number, int size) {
    return RsaKey.octets(number, size);
  }

  private static Bytes pair(Bytes r, Bytes s) {
    return Encoding.of(Der.sequence(Node.of(Der.INTEGER, r), Node.of(Der.INTEGER, s)));
  }
}
