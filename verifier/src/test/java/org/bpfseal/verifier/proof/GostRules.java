// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import static org.bpfseal.verifier.proof.CheckLab.KEYS;
import static org.bpfseal.verifier.proof.CheckLab.PROGRAM;
import static org.bpfseal.verifier.proof.CheckLab.ROOT;
import static org.bpfseal.verifier.proof.CheckLab.by;
import static org.bpfseal.verifier.proof.CheckLab.inside;
import static org.bpfseal.verifier.proof.CheckLab.signature;
import static org.bpfseal.verifier.proof.CheckLab.signer;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.math.ec.ECPoint;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * What the modules for SHA-3, Streebog and EC-RDSA add: crypto/ecrdsa.c. Signatures are behind a
 * certificate in the message, and nobody is trusted: a good one is ENOKEY.
 */
final class GostRules {
  private static final String OK = "OK";
  private static final String GOOD = "ENOKEY";
  private static final String INVALID = "EINVAL";
  private static final String BAD = "EBADMSG";
  private static final String REJECTED = "EKEYREJECTED";
  private static final String KEY_256 = "1.2.643.7.1.1.1.1";
  private static final String KEY_512 = "1.2.643.7.1.1.1.2";
  private static final GostKey SMALL = key(GostKey.CURVE_256_B);
  private static final GostKey LARGE = key(GostKey.CURVE_512_A);

  private GostRules() {}

  static List<Ruled> all() {
    return Stream.of(curves(), parameters(), points(), signatures(), hashes())
        .flatMap(List::stream)
        .toList();
  }

  private static GostKey key(String curve) {
    return (GostKey) KEYS.key("gost " + curve + " 0");
  }

  private static CertificateRecipe root(GostKey key) {
    CertificateRecipe usual = CertificateRecipe.root(key);
    return new CertificateRecipe(
        key,
        usual.issuer(),
        key.ownHash(),
        usual.subject(),
        usual.publicKey(),
        usual.validity(),
        usual.extensions());
  }

  /** The kernel has the curves under these names, but for two. */
  private static List<Ruled> curves() {
    List<Ruled> rows = new ArrayList<>();
    for (String curve :
        List.of(
            "1.2.643.2.2.35.1",
            "1.2.643.2.2.35.2",
            "1.2.643.2.2.35.3",
            "1.2.643.7.1.2.1.1.2",
            "1.2.643.7.1.2.1.1.3",
            "1.2.643.7.1.2.1.1.4",
            "1.2.643.7.1.2.1.2.1",
            "1.2.643.7.1.2.1.2.2")) {
      Certificate root = root(key(curve)).make();
      MessageRecipe message = by(signer(root).byIssuer().hash(key(curve).ownHash()));
      rows.add(Ruled.message("GOST: curve " + curve, message.inside(root.tree()), GOOD));
    }
    for (String curve : List.of("1.2.643.7.1.2.1.1.1", "1.2.643.7.1.2.1.2.3")) {
      Certificate root = root(key(curve)).make();
      MessageRecipe message = by(signer(root).byIssuer().hash(key(curve).ownHash()));
      rows.add(Ruled.message("GOST: curve " + curve, message.inside(root.tree()), "ENOPKG"));
      rows.add(Ruled.certificate("GOST: root on curve " + curve, root.der(), OK));
    }
    return rows;
  }

  private static Ruled key(String rule, String word, GostKey key, Node publicKey) {
    return Ruled.certificate("GOST key: " + rule, root(key).publicKey(publicKey), word);
  }

  private static Node info(String oid, Node parameters, Node point) {
    return Der.sequence(Der.sequence(Der.oid(oid), parameters), Der.bits(point));
  }

  private static Node point(GostKey key) {
    Node bits = key.publicKey().nodes().getLast();
    return bits.nodes().getFirst();
  }

  private static Ruled parameters(String rule, String word, Node parameters) {
    return key(rule, word, SMALL, info(KEY_256, parameters, point(SMALL)));
  }

  private static List<Ruled> parameters() {
    Node curve = Der.oid(SMALL.curveOid());
    Node digest = Der.oid(Hash.STREEBOG_256.oid);
    Node unknown = Der.oid("1.2.643.7.1.2.1.1.5");
    Node sha256 = Der.oid(Hash.SHA256.oid);
    return List.of(
        parameters("usual", OK, Der.sequence(curve, digest)),
        parameters("no digest", OK, Der.sequence(curve)),
        parameters(
            "digest of the other size",
            INVALID,
            Der.sequence(curve, Der.oid(Hash.STREEBOG_512.oid))),
        parameters("another digest", INVALID, Der.sequence(curve, sha256)),
        parameters("unknown digest", INVALID, Der.sequence(curve, Der.oid("1.2.3"))),
        parameters("curve that nobody knows", INVALID, Der.sequence(unknown, digest)),
        parameters("something else for a curve", OK, Der.sequence(sha256, digest)),
        parameters("something behind the digest", BAD, Der.sequence(curve, digest, curve)),
        parameters("no curve", BAD, Der.sequence()),
        parameters("NULL", BAD, Der.nothing()),
        parameters(
            "unknown digest and something behind", INVALID, Der.sequence(curve, sha256, curve)),
        key("no parameters", BAD, SMALL, noParameters()),
        key(
            "curve of 512 bits",
            OK,
            SMALL,
            info(KEY_256, Der.sequence(Der.oid(LARGE.curveOid())), point(SMALL))),
        key("curve of 256 bits", OK, LARGE, info(KEY_512, Der.sequence(curve), point(LARGE))),
        key(
            "large, digest of the other size",
            INVALID,
            LARGE,
            info(KEY_512, Der.sequence(Der.oid(LARGE.curveOid()), digest), point(LARGE))));
  }

  private static Node noParameters() {
    return Der.sequence(Der.sequence(Der.oid(KEY_256)), Der.bits(point(SMALL)));
  }

  private static Ruled point(String rule, String word, Node point) {
    return key(rule, word, SMALL, info(KEY_256, Der.sequence(Der.oid(SMALL.curveOid())), point));
  }

  private static Bytes octets(BigInteger x, BigInteger y) {
    return Bytes.concat(little(x), little(y));
  }

  private static Bytes little(BigInteger value) {
    Bytes big = RsaKey.octets(value, 32);
    byte[] reversed = new byte[32];
    for (int i = 0; i < 32; i++) {
      reversed[i] = (byte) big.at(31 - i);
    }
    return Bytes.owning(reversed);
  }

  private static List<Ruled> points() {
    ECPoint point = SMALL.curve().getG().multiply(SMALL.secret()).normalize();
    BigInteger x = point.getAffineXCoord().toBigInteger();
    BigInteger y = point.getAffineYCoord().toBigInteger();
    BigInteger p = SMALL.curve().getCurve().getField().getCharacteristic();
    BigInteger zero = BigInteger.ZERO;
    Bytes good = octets(x, y);
    return List.of(
        point("point", OK, Der.octets(good)),
        point("point, one octet short", OK, Der.octets(good.from(1))),
        point("point, one octet more", OK, Der.octets(Bytes.concat(good, Bytes.of((byte) 0)))),
        point("point in bits", BAD, Der.bits(good)),
        point("point zero", REJECTED, Der.octets(octets(zero, zero))),
        point("point not on the curve", REJECTED, Der.octets(octets(x, x))),
        point("x the prime", REJECTED, Der.octets(octets(p, y))),
        point("y the prime", REJECTED, Der.octets(octets(x, p))),
        point("another point", REJECTED, Der.octets(octets(x, p.subtract(y)))));
  }

  private static Ruled value(String rule, String word, Bytes value) {
    Certificate certificate = root(SMALL).make();
    MessageRecipe message =
        by(signer(certificate).byIssuer().hash(Hash.STREEBOG_256)).inside(certificate.tree());
    return Ruled.message("GOST: " + rule, message.changed(signature(value)), word);
  }

  private static List<Ruled> signatures() {
    Bytes good = SMALL.sign(Hash.STREEBOG_256, PROGRAM, 0);
    Bytes s = good.slice(0, 32);
    Bytes r = good.from(32);
    Bytes zero = Bytes.owning(new byte[32]);
    BigInteger q = SMALL.curve().getN();
    Bytes order = RsaKey.octets(q, 32);
    Bytes less = RsaKey.octets(q.subtract(BigInteger.ONE), 32);
    Certificate small = root(SMALL).make();
    Certificate large = root(LARGE).make();
    MessageRecipe.Signer bySmall = signer(small).byIssuer();
    MessageRecipe.Signer byLarge = signer(large).byIssuer();
    return List.of(
        value("good", GOOD, good),
        value("r zero", REJECTED, Bytes.concat(s, zero)),
        value("s zero", REJECTED, Bytes.concat(zero, r)),
        value("r the order", REJECTED, Bytes.concat(s, order)),
        value("s the order", REJECTED, Bytes.concat(order, r)),
        value("s the order less 1", REJECTED, Bytes.concat(less, r)),
        value("swapped", REJECTED, Bytes.concat(r, s)),
        value("an octet short", BAD, good.from(1)),
        value("an octet more", BAD, Bytes.concat(good, Bytes.of((byte) 0))),
        value("empty", BAD, Bytes.EMPTY),
        value("of the other size", BAD, Bytes.concat(good, good)),
        Ruled.message(
            "GOST: digest of the other size",
            by(bySmall.hash(Hash.STREEBOG_512)).inside(small.tree()),
            BAD),
        Ruled.message(
            "GOST: large, digest of the other size",
            by(byLarge.hash(Hash.STREEBOG_256)).inside(large.tree()),
            BAD),
        Ruled.message(
            "GOST: SHA-256", by(bySmall.hash(Hash.SHA256)).inside(small.tree()), INVALID));
  }

  private static List<Ruled> hashes() {
    List<Ruled> rows = new ArrayList<>();
    Certificate ec = CertificateRecipe.root(KEYS.key("ec secp384r1 0")).make();
    for (Hash hash : List.of(Hash.SHA3_256, Hash.SHA3_384, Hash.SHA3_512)) {
      rows.add(Ruled.message("RSA with " + hash, by(signer(ROOT).hash(hash)), OK, ROOT));
      rows.add(Ruled.message("ECDSA with " + hash, by(signer(ec).hash(hash)), OK, ec));
    }
    for (Hash hash : List.of(Hash.STREEBOG_256, Hash.STREEBOG_512)) {
      rows.add(Ruled.message("RSA with " + hash, by(signer(ROOT).hash(hash)), REJECTED, ROOT));
      MessageRecipe message = by(signer(ROOT).byIssuer().hash(hash)).inside(ROOT.tree());
      rows.add(Ruled.message("RSA inside with " + hash, message, INVALID));
    }
    rows.add(Ruled.message("RSA inside with SHA-256", inside(ROOT), GOOD));
    return rows;
  }
}
