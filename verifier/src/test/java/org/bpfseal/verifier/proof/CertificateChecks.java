// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import static org.bpfseal.verifier.proof.CertificateRecipe.extension;
import static org.bpfseal.verifier.proof.CheckLab.KEYS;
import static org.bpfseal.verifier.proof.CheckLab.LEAF;
import static org.bpfseal.verifier.proof.CheckLab.NEW;
import static org.bpfseal.verifier.proof.CheckLab.OTHER_RSA;
import static org.bpfseal.verifier.proof.CheckLab.ROOT;
import static org.bpfseal.verifier.proof.CheckLab.RSA;
import static org.bpfseal.verifier.proof.CheckLab.add;
import static org.bpfseal.verifier.proof.CheckLab.replaced;
import static org.bpfseal.verifier.proof.CheckLab.ring;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bpfseal.verifier.Check;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.crypto.Digests;
import org.bpfseal.verifier.crypto.HashAlgorithm;
import org.bpfseal.verifier.keyring.Keyring;
import org.bpfseal.verifier.keyring.Restriction;

/** Cases for the checks of certificates and of keyrings that take them. */
final class CertificateChecks {
  private static final CertificateRecipe USUAL = CertificateRecipe.root(RSA);

  private CertificateChecks() {}

  static List<CheckCase> all() {
    return Stream.of(grammar(), extensions(), adding(), restrictions())
        .flatMap(List::stream)
        .toList();
  }

  private static CheckCase recipe(Check check, CertificateRecipe recipe) {
    return CheckCase.of(check, () -> add(recipe));
  }

  /** The usual certificate with one of its three parts in another's place. */
  private static CheckCase part(Check check, int index, Node other) {
    Node tree = ROOT.tree();
    Bytes der = Encoding.of(tree.with(replaced(tree.nodes(), index, other)));
    return CheckCase.of(check, () -> add(NEW, der));
  }

  private static List<CheckCase> grammar() {
    Node halfOctet = Node.of(Der.BIT_STRING, Bytes.of((byte) 4, (byte) 0));
    return List.of(
        recipe(Check.CERTIFICATE_ALGORITHM, CertificateRecipe.root(KEYS.key("ed25519 0"))),
        recipe(
            Check.CERTIFICATE_TIME,
            USUAL.validity(CertificateRecipe.validity("690101000000Z", "491231235959Z"))),
        recipe(Check.CERTIFICATE_KEY_ALGORITHM, CertificateRecipe.root(KEYS.key("ec secp256k1 0"))),
        recipe(
            Check.CERTIFICATE_KEY_PARAMETERS,
            USUAL.publicKey(
                Der.sequence(Der.algorithm("1.2.840.10045.2.1"), Der.bits(Bytes.of((byte) 4))))),
        recipe(
            Check.CERTIFICATE_KEY_PADDING,
            USUAL.publicKey(
                Der.sequence(Der.algorithmWithNull("1.2.840.113549.1.1.1"), halfOctet))),
        part(Check.CERTIFICATE_ALGORITHMS_DIFFER, 1, Der.algorithmWithNull(Hash.SHA384.rsaOid)),
        part(Check.CERTIFICATE_SIGNATURE_PADDING, 2, halfOctet));
  }

  private static List<CheckCase> extensions() {
    Node skid = extension("2.5.29.14", Der.octets(ROOT.skid()));
    Node otherSerial =
        extension(
            "2.5.29.35",
            Der.sequence(
                Der.context(0, ROOT.skid()),
                Der.context(1, Der.context(4, ROOT.subject())),
                Der.context(2, Bytes.of((byte) 9))));
    Node noCa = Der.sequence(Node.of(Der.BOOLEAN, Bytes.of((byte) 0)));
    return List.of(
        recipe(
            Check.CERTIFICATE_SKID,
            USUAL.extending(extension("2.5.29.14", Der.octets(Bytes.EMPTY)))),
        recipe(Check.CERTIFICATE_SKID_REPEATED, USUAL.extensions(skid, skid)),
        recipe(
            Check.CERTIFICATE_KEY_USAGE,
            USUAL.extending(extension("2.5.29.15", Der.octets(Bytes.of(new byte[4]))))),
        recipe(Check.CERTIFICATE_CONSTRAINTS, USUAL.extending(extension("2.5.29.19", noCa))),
        recipe(Check.CERTIFICATE_SELF_ISSUER, USUAL.extending(otherSerial)));
  }

  private static List<CheckCase> adding() {
    Bytes tbs = Encoding.of(ROOT.tree().nodes().getFirst());
    String hash = Digests.of(HashAlgorithm.SHA256, tbs).toHex();
    KernelProfile blacklisting = NEW.toBuilder().blacklist("tbs:" + hash).build();
    return List.of(
        CheckCase.of(Check.KEY_PAYLOAD_LONG, () -> add(NEW, Bytes.owning(new byte[1 << 20]))),
        CheckCase.of(Check.KEY_PAYLOAD_EMPTY, () -> add(NEW, Bytes.EMPTY)),
        CheckCase.of(
            Check.KEYRING_READ_ONLY,
            () -> add(NEW, Keyring.named("lab").writable(false), ROOT.der())),
        CheckCase.of(Check.KEY_BLACKLISTED, () -> add(blacklisting, ROOT.der())));
  }

  private static CheckCase restricted(Check check, Restriction restriction, Certificate added) {
    return CheckCase.of(
        check, () -> add(NEW, Keyring.named("lab").restriction(restriction), added.der()));
  }

  private static List<CheckCase> restrictions() {
    Keyring trusted = ring(NEW, ROOT);
    Keyring nobody = Keyring.empty("nobody");
    Certificate unsupported =
        new CertificateRecipe(
                OTHER_RSA,
                Optional.of(ROOT),
                Hash.SHA3_256,
                LEAF.subject(),
                OTHER_RSA.publicKey(),
                CertificateRecipe.validity("200101000000Z", "491231235959Z"),
                List.of(extension("2.5.29.14", Der.octets(LEAF.skid()))))
            .make();
    Optional<Bytes> anyCa = Optional.empty();
    return List.of(
        restricted(Check.KEYRING_CLOSED, new Restriction.Closed(), ROOT),
        restricted(
            Check.RESTRICTION_NO_SIGNATURE,
            new Restriction.SignedBy(trusted, false, false, anyCa),
            unsupported),
        restricted(
            Check.RESTRICTION_CA_KEY,
            new Restriction.SignedBy(trusted, false, false, Optional.of(Bytes.utf8("x"))),
            LEAF),
        restricted(
            Check.RESTRICTION_NO_ISSUER,
            new Restriction.SignedBy(nobody, false, false, anyCa),
            LEAF),
        restricted(
            Check.RESTRICTION_NOT_BUILTIN,
            new Restriction.SignedBy(trusted, false, true, anyCa),
            LEAF),
        restricted(Check.RESTRICTION_NOT_CA, new Restriction.CertificateAuthorities(false), LEAF),
        restricted(Check.RESTRICTION_NOT_DIGSIG, new Restriction.DigitalSignature(trusted), ROOT));
  }
}
