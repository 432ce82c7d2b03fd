// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import static org.bpfseal.verifier.proof.CheckLab.KEYS;
import static org.bpfseal.verifier.proof.CheckLab.PROGRAM;
import static org.bpfseal.verifier.proof.CheckLab.inside;
import static org.bpfseal.verifier.proof.CheckLab.signature;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.math.ec.ECPoint;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * ECDSA keys and signatures in every encoding: crypto/ecdsa.c, crypto/ecdsa-x962.c. Each signature
 * is behind a certificate in the message, and nobody is trusted: a good one is ENOKEY.
 */
final class EcdsaRules {
  private static final String OK = "OK";
  private static final String GOOD = "ENOKEY";
  private static final String INVALID = "EINVAL";
  private static final String BAD = "EBADMSG";
  private static final String REJECTED = "EKEYREJECTED";

  private EcdsaRules() {}

  static List<Ruled> all() {
    return Stream.of(
            new Numbers("secp192r1", 24).rows(),
            new Numbers("secp256r1", 32).rows(),
            new Numbers("secp384r1", 48).rows(),
            new Numbers("secp521r1", 72).rows(),
            encodings(),
            hashes(),
            points())
        .flatMap(List::stream)
        .toList();
  }

  private static EcKey key(String curve) {
    return (EcKey) KEYS.key("ec " + curve + " 0");
  }

  private static Ruled of(String rule, String word, EcKey key, Bytes value) {
    Certificate certificate = CertificateRecipe.root(key).make();
    return Ruled.message("ECDSA: " + rule, inside(certificate).changed(signature(value)), word);
  }

  private static BigInteger[] pair(EcKey key) {
    Bytes good = key.sign(Hash.SHA256, PROGRAM, 0);
    int header = good.at(1) < 0x80 ? 2 : 3;
    int size = good.at(header + 1);
    int second = header + 2 + size;
    return new BigInteger[] {
      new BigInteger(1, good.slice(header + 2, second).toArray()),
      new BigInteger(1, good.from(second + 2).toArray())
    };
  }

  /** The two numbers of a signature, for a curve whose numbers have this many octets of words. */
  private record Numbers(String curve, int octets) {
    List<Ruled> rows() {
      EcKey key = key(curve);
      BigInteger order = key.curve().getN();
      BigInteger[] pair = pair(key);
      BigInteger r = pair[0];
      BigInteger s = pair[1];
      Bytes wide = RsaKey.octets(s, octets);
      Bytes zero = Bytes.of((byte) 0);
      Bytes one = Bytes.of((byte) 1);
      return List.of(
          row("r and s", number(r), number(s), GOOD),
          row("high s", number(r), number(order.subtract(s)), GOOD),
          row("no sign octet", RsaKey.octets(r, octets), wide, GOOD),
          row("one octet more, zero", number(r), Bytes.concat(zero, wide), GOOD),
          row("one octet more, not zero", number(r), Bytes.concat(one, wide), INVALID),
          row("two octets more", number(r), Bytes.concat(zero, zero, wide), INVALID),
          row("r one octet more, not zero", Bytes.concat(one, wide), number(s), INVALID),
          row("r empty", Bytes.EMPTY, number(s), INVALID),
          row("s empty", number(r), Bytes.EMPTY, INVALID),
          row("r zero", zero, number(s), BAD),
          row("s zero", number(r), Bytes.concat(zero, zero), BAD),
          row("r the order", number(order), number(s), BAD),
          row("s the order", number(r), number(order), BAD),
          row("s the order less 1", number(r), number(order.subtract(BigInteger.ONE)), REJECTED),
          row("r and s swapped", number(s), number(r), REJECTED),
          row("r changed", number(r.flipBit(0)), number(s), REJECTED),
          row("s changed", number(r), number(s.flipBit(0)), REJECTED),
          row("r zero, s empty", zero, Bytes.EMPTY, INVALID));
    }

    private Ruled row(String rule, Bytes r, Bytes s, String word) {
      Node value = Der.sequence(Node.of(Der.INTEGER, r), Node.of(Der.INTEGER, s));
      return of(curve + " " + rule, word, key(curve), Encoding.of(value));
    }
  }

  private static Bytes number(BigInteger value) {
    return Bytes.owning(value.toByteArray());
  }

  private static List<Ruled> encodings() {
    EcKey key = key("secp256r1");
    Bytes good = key.sign(Hash.SHA256, PROGRAM, 0);
    Node r = Der.integer(pair(key)[0]);
    Node s = Der.integer(pair(key)[1]);
    Node both = Der.sequence(r, s);
    return List.of(
        of("an octet behind", GOOD, key, Bytes.concat(good, Bytes.of((byte) 0))),
        of("an octet short", BAD, key, good.slice(0, good.size() - 1)),
        of("length in two octets", GOOD, key, sized(both, new Node.Length.LongForm(2))),
        of("length in three octets", BAD, key, sized(both, new Node.Length.LongForm(3))),
        of("indefinite", GOOD, key, sized(both, new Node.Length.Indefinite())),
        of("primitive SEQUENCE", GOOD, key, Encoding.of(both.tagged(0x10))),
        of("SET", BAD, key, Encoding.of(both.tagged(Der.SET))),
        of("third INTEGER", BAD, key, Encoding.of(Der.sequence(r, s, r))),
        of("r alone", BAD, key, Encoding.of(Der.sequence(r))),
        of("octet strings", BAD, key, Encoding.of(Der.sequence(r.tagged(4), s.tagged(4)))),
        of("bare numbers", BAD, key, Bytes.concat(octets(key, 0), octets(key, 1))),
        of("empty", BAD, key, Bytes.EMPTY));
  }

  private static Bytes octets(EcKey key, int index) {
    return RsaKey.octets(pair(key)[index], 32);
  }

  private static Bytes sized(Node node, Node.Length length) {
    return Encoding.of(node.sized(length));
  }

  /** Each curve takes the leftmost octets of each hash. */
  private static List<Ruled> hashes() {
    List<Ruled> rows = new ArrayList<>();
    for (String curve : List.of("secp192r1", "secp256r1", "secp384r1", "secp521r1")) {
      for (Hash hash : List.of(Hash.SHA1, Hash.SHA224, Hash.SHA256, Hash.SHA384, Hash.SHA512)) {
        Certificate root = CertificateRecipe.root(key(curve)).make();
        MessageRecipe message = CheckLab.by(CheckLab.signer(root).hash(hash));
        rows.add(Ruled.message("ECDSA: %s with %s".formatted(curve, hash), message, OK, root));
      }
    }
    return rows;
  }

  private static Ruled point(String rule, String word, String curve, Bytes point) {
    EcKey key = key(curve);
    Node algorithm = Der.sequence(Der.oid("1.2.840.10045.2.1"), Der.oid(key.curveOid()));
    Node info = Der.sequence(algorithm, Der.bits(point));
    return Ruled.certificate("EC key: " + rule, CertificateRecipe.root(key).publicKey(info), word);
  }

  /** A first octet and two coordinates. */
  private static Bytes point(int first, BigInteger x, BigInteger y, int half) {
    return Bytes.concat(Bytes.of((byte) first), RsaKey.octets(x, half), RsaKey.octets(y, half));
  }

  private static List<Ruled> points() {
    String p256 = "secp256r1";
    String p521 = "secp521r1";
    ECPoint point = key(p521).curve().getG().multiply(key(p521).secret()).normalize();
    BigInteger x = point.getAffineXCoord().toBigInteger();
    BigInteger y = point.getAffineYCoord().toBigInteger();
    BigInteger p = key(p521).curve().getCurve().getField().getCharacteristic();
    ECPoint small = key(p256).curve().getG().multiply(key(p256).secret()).normalize();
    Bytes usual = Bytes.owning(small.getEncoded(false));
    return List.of(
        point("usual", OK, p256, usual),
        point("compressed", INVALID, p256, Bytes.owning(small.getEncoded(true))),
        point("hybrid", INVALID, p256, Bytes.concat(Bytes.of((byte) 6), usual.from(1))),
        point("an octet behind", INVALID, p256, Bytes.concat(usual, Bytes.of((byte) 0))),
        point("two octets short", INVALID, p256, usual.slice(0, 63)),
        point("first octet alone", INVALID, p256, Bytes.of((byte) 4)),
        point("no octet", INVALID, p256, Bytes.EMPTY),
        point("zero", INVALID, p256, point(4, BigInteger.ZERO, BigInteger.ZERO, 32)),
        point("not on the curve", INVALID, p256, point(4, BigInteger.ONE, BigInteger.ONE, 32)),
        point("of another curve", INVALID, p256, point(4, x, y, 66)),
        point("66 octets", OK, p521, point(4, x, y, 66)),
        point("72 octets", OK, p521, point(4, x, y, 72)),
        point("73 octets", INVALID, p521, point(4, x, y, 73)),
        point("64 octets", INVALID, p521, point(4, x, y, 64)),
        point(
            "an octet between",
            INVALID,
            p521,
            Bytes.concat(
                point(4, x, y, 66).slice(0, 67), Bytes.of((byte) 0), RsaKey.octets(y, 66))),
        point("x out of range", INVALID, p521, point(4, x.add(p), y, 72)),
        point("y out of range", INVALID, p521, point(4, x, y.add(p), 72)),
        point("x the prime", INVALID, p521, point(4, p, y, 72)),
        point("y the prime", INVALID, p521, point(4, x, p, 72)),
        point("negated, so another key", REJECTED, p521, point(4, x, p.subtract(y), 66)));
  }
}
