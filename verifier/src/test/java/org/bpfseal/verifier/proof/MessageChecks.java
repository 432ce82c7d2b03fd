// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import static org.bpfseal.verifier.proof.CertificateRecipe.extension;
import static org.bpfseal.verifier.proof.CheckLab.KEYS;
import static org.bpfseal.verifier.proof.CheckLab.LEAF;
import static org.bpfseal.verifier.proof.CheckLab.NEW;
import static org.bpfseal.verifier.proof.CheckLab.OTHER_RSA;
import static org.bpfseal.verifier.proof.CheckLab.PROGRAM;
import static org.bpfseal.verifier.proof.CheckLab.ROOT;
import static org.bpfseal.verifier.proof.CheckLab.by;
import static org.bpfseal.verifier.proof.CheckLab.inside;
import static org.bpfseal.verifier.proof.CheckLab.load;
import static org.bpfseal.verifier.proof.CheckLab.part;
import static org.bpfseal.verifier.proof.CheckLab.ring;
import static org.bpfseal.verifier.proof.CheckLab.signer;
import static org.bpfseal.verifier.proof.CheckLab.signerPart;
import static org.bpfseal.verifier.proof.CheckLab.verify;
import static org.bpfseal.verifier.proof.CheckLab.with;
import static org.bpfseal.verifier.proof.MessageRecipe.attribute;
import static org.bpfseal.verifier.proof.MessageRecipe.contentType;
import static org.bpfseal.verifier.proof.MessageRecipe.messageDigest;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bpfseal.verifier.Check;
import org.bpfseal.verifier.KernelFeature;
import org.bpfseal.verifier.KernelMirror;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.KeyringSelector;
import org.bpfseal.verifier.SystemKeyring;
import org.bpfseal.verifier.Usage;
import org.bpfseal.verifier.Verdict;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.crypto.Digests;
import org.bpfseal.verifier.crypto.HashAlgorithm;
import org.bpfseal.verifier.keyring.Key;
import org.bpfseal.verifier.keyring.KeyState;
import org.bpfseal.verifier.keyring.Keyring;

/** Cases for the checks of messages and of trust. */
final class MessageChecks {
  private static final String SIGNED_DATA = "06092a864886f70d010702";
  private static final Node INDIRECT = Der.oid("1.3.6.1.4.1.311.2.1.4");
  private static final MessageRecipe.Signer USUAL = signer(ROOT);

  private MessageChecks() {}

  static List<CheckCase> all() {
    return Stream.of(decoder(), grammar(), attributes(), verification(), chains(), trust())
        .flatMap(List::stream)
        .toList();
  }

  private static CheckCase bytes(Check check, String hex) {
    return CheckCase.of(check, () -> load(Bytes.hex(hex)));
  }

  private static CheckCase message(Check check, MessageRecipe message) {
    return CheckCase.of(check, () -> load(message));
  }

  private static List<CheckCase> decoder() {
    return List.of(
        CheckCase.of(
            Check.BER_LONG,
            () ->
                KernelMirror.of(NEW)
                    .verify(
                        Optional.of(PROGRAM),
                        Bytes.owning(new byte[65536]),
                        KeyringSelector.BUILTIN,
                        Usage.BPF)),
        bytes(Check.BER_OVERRUN, "30"),
        bytes(Check.BER_LONG_TAG, "1f00"),
        bytes(Check.BER_TAG, "0400"),
        bytes(Check.BER_LENGTH_OCTETS, "3083000000"),
        bytes(Check.BER_INDEFINITE_PRIMITIVE, "10800000"),
        bytes(Check.BER_END_OF_CONTENTS, "3080" + SIGNED_DATA + "0400"),
        bytes(Check.BER_LEFTOVER, "300d" + SIGNED_DATA + "0500"));
  }

  private static List<CheckCase> grammar() {
    return List.of(
        bytes(Check.MESSAGE_TYPE, "300b06092a864886f70d010701"),
        bytes(Check.MESSAGE_NO_SIGNER, "300b" + SIGNED_DATA),
        message(Check.MESSAGE_VERSION, by(USUAL).changed(part(0, Der.integer(2)))),
        message(
            Check.MESSAGE_CONTENT_TYPE,
            by(USUAL).changed(part(2, Der.sequence(Der.oid("1.2.840.113549.1.7.2"))))),
        message(Check.MESSAGE_CERTIFICATE_TAG, by(USUAL).inside(Der.nothing())),
        message(Check.SIGNER_VERSION, by(USUAL).changed(signerPart(0, Der.integer(2)))),
        message(Check.SIGNER_VERSION_MISMATCH, by(USUAL).changed(part(0, Der.integer(1)))),
        message(Check.SIGNER_DIGEST_UNKNOWN, by(USUAL.hash(Hash.MD5))),
        message(
            Check.SIGNER_ALGORITHM_UNKNOWN,
            by(USUAL.algorithm(Der.algorithmWithNull(Hash.SHA256.rsaOid)))),
        message(Check.AUTHENTICODE_ATTRIBUTES, by(USUAL).changed(part(2, Der.sequence(INDIRECT)))),
        message(
            Check.MESSAGE_MIXED_ATTRIBUTES,
            by(USUAL, USUAL.attributes(contentType(), messageDigest(PROGRAM)))));
  }

  private static CheckCase attributes(Check check, Node... attributes) {
    return message(check, by(USUAL.attributes(attributes)));
  }

  private static List<CheckCase> attributes() {
    Node digest = messageDigest(PROGRAM);
    Node opus = attribute("1.3.6.1.4.1.311.2.1.12", Der.sequence());
    return List.of(
        attributes(Check.ATTRIBUTE_REPEATED, contentType(), contentType(), digest),
        message(Check.ATTRIBUTE_REPEATED, indirect(opus, opus)),
        attributes(
            Check.ATTRIBUTE_CONTENT_TYPE, attribute("1.2.840.113549.1.9.3", INDIRECT), digest),
        attributes(
            Check.ATTRIBUTE_DIGEST_TAG,
            contentType(),
            attribute("1.2.840.113549.1.9.4", Der.integer(1))),
        attributes(
            Check.ATTRIBUTE_AUTHENTICODE,
            attribute("1.2.840.113549.1.9.15", Der.sequence()),
            contentType(),
            digest),
        attributes(Check.ATTRIBUTE_MISSING, contentType()),
        attributes(
            Check.DIGEST_LENGTH,
            contentType(),
            attribute("1.2.840.113549.1.9.4", Der.octets(Bytes.EMPTY))),
        attributes(Check.DIGEST_DIFFERS, contentType(), messageDigest(Bytes.EMPTY)));
  }

  /** As Authenticode signs. */
  private static MessageRecipe indirect(Node... more) {
    List<Node> all = new ArrayList<>(List.of(more));
    all.add(attribute("1.2.840.113549.1.9.3", INDIRECT));
    all.add(messageDigest(PROGRAM));
    return by(USUAL.attributes(all.toArray(Node[]::new))).changed(part(2, Der.sequence(INDIRECT)));
  }

  private static List<CheckCase> verification() {
    MessageRecipe withAttributes = by(USUAL.attributes(contentType(), messageDigest(PROGRAM)));
    Node early = attribute("1.2.840.113549.1.9.5", Der.text(Der.UTC_TIME, "190101000000Z"));
    return List.of(
        message(Check.CONTENT_ATTACHED, by(USUAL).carryingContent()),
        message(Check.USAGE_CONTENT_TYPE, indirect()),
        CheckCase.of(Check.USAGE_ATTRIBUTES, () -> verify(NEW, withAttributes, Usage.MODULE)),
        CheckCase.of(Check.USAGE_NO_ATTRIBUTES, () -> verify(NEW, by(USUAL), Usage.FIRMWARE)),
        message(Check.DIGEST_NOT_BUILT, by(USUAL.hash(Hash.SM3))),
        message(
            Check.SIGNING_TIME,
            by(USUAL.byIssuer().attributes(contentType(), early, messageDigest(PROGRAM)))
                .inside(ROOT.tree())));
  }

  /** A leaf that names its issuer by name and serial number, and by a key id. */
  private static Certificate leafNaming(Bytes keyId) {
    return CertificateRecipe.issuedBy(ROOT, OTHER_RSA)
        .extending(
            extension(
                "2.5.29.35",
                Der.sequence(
                    Der.context(0, keyId),
                    Der.context(1, Der.context(4, ROOT.subject())),
                    Der.context(2, Bytes.of(BigInteger.ONE.toByteArray())))))
        .make();
  }

  private static KernelProfile blacklisting(Certificate certificate) {
    Bytes tbs = Encoding.of(certificate.tree().nodes().getFirst());
    String hash = Digests.of(HashAlgorithm.SHA256, tbs).toHex();
    return NEW.toBuilder().blacklist("tbs:" + hash).build();
  }

  private static List<CheckCase> chains() {
    Certificate odd = leafNaming(Bytes.utf8("another"));
    return List.of(
        message(Check.CHAIN_SKID, by(signer(odd).byIssuer()).inside(odd.tree(), ROOT.tree())),
        CheckCase.of(
            Check.CHAIN_BLACKLISTED,
            () -> load(blacklisting(LEAF), inside(LEAF).make(), ring(NEW, ROOT))),
        message(Check.SIGNER_KEY_SKID, inside(odd)));
  }

  private static Verdict stale(KeyState state) {
    Keyring.Builder ring = Keyring.named("lab");
    for (Key key : ring(NEW, ROOT).keys()) {
      ring.link(key.in(state));
    }
    return load(NEW, by(USUAL).make(), ring.build());
  }

  private static List<CheckCase> trust() {
    KernelProfile revoking =
        with(KernelFeature.REVOCATION_LIST).toBuilder()
            .keyring(SystemKeyring.REVOKED, ring(NEW, ROOT))
            .build();
    return List.of(
        CheckCase.of(Check.REVOKED, () -> load(revoking, by(USUAL).make(), ring(NEW, ROOT))),
        message(
            Check.SIGNER_ID_EMPTY, by(USUAL).changed(signerPart(1, Der.context(0, Bytes.EMPTY)))),
        message(
            Check.SIGNER_UNKNOWN,
            by(signer(CertificateRecipe.root(KEYS.key("rsa 2048 2")).make()))),
        CheckCase.of(
            Check.ROOT_UNKNOWN, () -> load(NEW, inside(ROOT).make(), Keyring.empty("lab"))),
        CheckCase.of(Check.STALE_REVOKED, () -> stale(KeyState.REVOKED)),
        CheckCase.of(Check.STALE_EXPIRED, () -> stale(KeyState.EXPIRED)),
        message(Check.TRUST_SIGNATURE, MessageRecipe.of(Bytes.utf8("other"), USUAL)));
  }
}
