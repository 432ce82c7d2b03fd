// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import static org.bpfseal.verifier.proof.CheckLab.KEYS;
import static org.bpfseal.verifier.proof.CheckLab.LEAF;
import static org.bpfseal.verifier.proof.CheckLab.NEW;
import static org.bpfseal.verifier.proof.CheckLab.OTHER_RSA;
import static org.bpfseal.verifier.proof.CheckLab.PROGRAM;
import static org.bpfseal.verifier.proof.CheckLab.ROOT;
import static org.bpfseal.verifier.proof.CheckLab.RSA;
import static org.bpfseal.verifier.proof.CheckLab.add;
import static org.bpfseal.verifier.proof.CheckLab.inside;
import static org.bpfseal.verifier.proof.CheckLab.load;
import static org.bpfseal.verifier.proof.CheckLab.signature;
import static org.bpfseal.verifier.proof.CheckLab.signer;
import static org.bpfseal.verifier.proof.CheckLab.with;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bpfseal.verifier.Check;
import org.bpfseal.verifier.CryptoModule;
import org.bpfseal.verifier.KernelFeature;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.keyring.Keyring;

/** Cases for the checks of one signature by one key, seen through a certificate in the message. */
final class SignatureChecks {
  private static final LabKey EC = KEYS.key("ec secp256r1 0");
  private static final LabKey GOST = KEYS.key("gost " + GostKey.CURVE_256_B + " 0");
  private static final LabKey MLDSA = KEYS.key("mldsa 44 0");
  private static final KernelProfile ALL = with(CryptoModule.values());

  private SignatureChecks() {}

  static List<CheckCase> all() {
    return Stream.of(fit(), rsaKeys(), rsaBlocks(), ecdsa(), gost(), mlDsa())
        .flatMap(List::stream)
        .toList();
  }

  private static CheckCase message(Check check, KernelProfile profile, MessageRecipe message) {
    return CheckCase.of(check, () -> load(profile, message.make(), Keyring.empty("lab")));
  }

  private static CheckCase key(Check check, KernelProfile profile, LabKey key, Node publicKey) {
    Bytes der = CertificateRecipe.root(key).publicKey(publicKey).make().der();
    return CheckCase.of(check, () -> add(profile, der));
  }

  private static Certificate root(LabKey key) {
    return CertificateRecipe.root(key).make();
  }

  /** The message of a stranger who claims to be that certificate's owner. */
  private static MessageRecipe forged(Certificate certificate, LabKey by) {
    Certificate claimed =
        new Certificate(
            certificate.tree(),
            by,
            certificate.subject(),
            certificate.issuer(),
            certificate.serial(),
            certificate.skid());
    return MessageRecipe.of(PROGRAM, signer(claimed).byIssuer()).inside(certificate.tree());
  }

  private static MessageRecipe changedContent(Certificate certificate) {
    return MessageRecipe.of(Bytes.utf8("other"), signer(certificate).byIssuer())
        .inside(certificate.tree());
  }

  private static List<CheckCase> fit() {
    Bytes p192 = root(KEYS.key("ec secp192r1 0")).der();
    return List.of(
        message(
            Check.KEY_ALGORITHM_DIFFERS,
            NEW,
            MessageRecipe.of(
                    PROGRAM, signer(ROOT).byIssuer().algorithm(Der.algorithm(Hash.SHA256.ecdsaOid)))
                .inside(ROOT.tree())),
        message(
            Check.KEY_DIGEST_UNFIT,
            ALL,
            MessageRecipe.of(PROGRAM, signer(ROOT).byIssuer().hash(Hash.SM3)).inside(ROOT.tree())),
        CheckCase.of(Check.KEY_ALGORITHM_NOT_BUILT, () -> add(with(KernelFeature.FIPS), p192)));
  }

  private static Node rsa(Node modulus, Node exponent) {
    return Der.sequence(
        Der.algorithmWithNull("1.2.840.113549.1.1.1"), Der.bits(Der.sequence(modulus, exponent)));
  }

  private static List<CheckCase> rsaKeys() {
    Node modulus = Der.integer(((RsaKey) RSA).modulus());
    Node empty = Node.of(Der.INTEGER, Bytes.EMPTY);
    Node huge = Der.integer(BigInteger.ONE.shiftLeft(16384));
    return List.of(
        key(Check.RSA_INTEGERS, NEW, RSA, rsa(modulus, empty)),
        key(Check.RSA_HUGE, NEW, RSA, rsa(huge, Der.integer(3))),
        key(
            Check.RSA_SIZE,
            NEW,
            RSA,
            rsa(Der.integer(BigInteger.ONE.shiftLeft(767)), Der.integer(3))),
        key(Check.RSA_EXPONENT, with(KernelFeature.FIPS), RSA, rsa(modulus, Der.integer(3))));
  }

  private static List<CheckCase> rsaBlocks() {
    Bytes noPadding = ((RsaKey) RSA).power(new byte[] {1, 1}, 256);
    Certificate unsupported =
        new CertificateRecipe(
                OTHER_RSA,
                Optional.of(ROOT),
                Hash.SHA3_256,
                LEAF.subject(),
                OTHER_RSA.publicKey(),
                CertificateRecipe.validity("200101000000Z", "491231235959Z"),
                List.of(
                    CertificateRecipe.extension(
                        "2.5.29.35", Der.sequence(Der.context(0, ROOT.skid())))))
            .make();
    return List.of(
        message(
            Check.RSA_SIGNATURE_LENGTH, NEW, inside(ROOT).changed(signature(Bytes.of((byte) 9)))),
        message(Check.RSA_RANGE, NEW, inside(ROOT).changed(signature(Bytes.owning(new byte[256])))),
        message(Check.RSA_FIRST_OCTET, NEW, forged(ROOT, OTHER_RSA)),
        message(Check.RSA_PADDING, NEW, inside(ROOT).changed(signature(noPadding))),
        message(Check.RSA_DIGEST, NEW, changedContent(ROOT)),
        message(
            Check.RSA_NO_DIGEST,
            NEW,
            MessageRecipe.of(PROGRAM, signer(unsupported).byIssuer())
                .inside(unsupported.tree(), ROOT.tree())));
  }

  private static List<CheckCase> ecdsa() {
    Certificate root = root(EC);
    Node compressed =
        Der.sequence(EC.publicKey().nodes().getFirst(), Der.bits(Bytes.owning(new byte[33])));
    Node one = Der.integer(1);
    Node empty = Node.of(Der.INTEGER, Bytes.EMPTY);
    return List.of(
        key(Check.EC_KEY, NEW, EC, compressed),
        message(
            Check.EC_INTEGER,
            NEW,
            inside(root).changed(signature(Encoding.of(Der.sequence(one, empty))))),
        message(
            Check.EC_RANGE,
            NEW,
            inside(root).changed(signature(Encoding.of(Der.sequence(one, Der.integer(0)))))),
        message(Check.EC_SIGNATURE, NEW, changedContent(root)));
  }

  private static Node gost(Node curve, Node digest, int size) {
    return Der.sequence(
        Der.sequence(Der.oid("1.2.643.7.1.1.1.1"), Der.sequence(curve, digest)),
        Der.bits(Der.octets(Bytes.owning(new byte[size]))));
  }

  private static Certificate gostRoot(Node publicKey) {
    CertificateRecipe usual = CertificateRecipe.root(GOST);
    return new CertificateRecipe(
            GOST,
            Optional.empty(),
            Hash.STREEBOG_256,
            usual.subject(),
            publicKey,
            usual.validity(),
            usual.extensions())
        .make();
  }

  private static List<CheckCase> gost() {
    Node curve = Der.oid(GostKey.CURVE_256_B);
    Node digest = Der.oid(Hash.STREEBOG_256.oid);
    Certificate root = gostRoot(GOST.publicKey());
    Certificate otherSize = gostRoot(gost(curve, digest, 32));
    MessageRecipe usual =
        MessageRecipe.of(PROGRAM, signer(root).byIssuer().hash(Hash.STREEBOG_256))
            .inside(root.tree());
    return List.of(
        key(Check.GOST_CURVE_UNKNOWN, ALL, GOST, gost(Der.oid("1.2.3"), digest, 64)),
        key(Check.GOST_DIGEST, ALL, GOST, gost(curve, Der.oid(Hash.SHA256.oid), 64)),
        key(Check.GOST_KEY_POINT, ALL, GOST, gost(curve, digest, 64)),
        message(
            Check.GOST_KEY_SIZE,
            ALL,
            MessageRecipe.of(PROGRAM, signer(otherSize).byIssuer().hash(Hash.STREEBOG_256))
                .inside(otherSize.tree())),
        message(Check.GOST_LENGTH, ALL, usual.changed(signature(Bytes.EMPTY))),
        message(Check.GOST_RANGE, ALL, usual.changed(signature(Bytes.owning(new byte[64])))),
        message(
            Check.GOST_SIGNATURE,
            ALL,
            MessageRecipe.of(Bytes.EMPTY, signer(root).byIssuer().hash(Hash.STREEBOG_256))
                .inside(root.tree())));
  }

  private static List<CheckCase> mlDsa() {
    Certificate root = root(MLDSA);
    Node shortKey =
        Der.sequence(
            Der.algorithm("2.16.840.1.101.3.4.3.17"), Der.bits(Bytes.owning(new byte[16])));
    return List.of(
        key(Check.MLDSA_KEY_LENGTH, ALL, MLDSA, shortKey),
        message(
            Check.MLDSA_ENCODING, ALL, inside(root).changed(signature(Bytes.owning(new byte[16])))),
        message(Check.MLDSA_SIGNATURE, ALL, changedContent(root)));
  }
}
