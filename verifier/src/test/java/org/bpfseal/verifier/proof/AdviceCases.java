// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import static org.bpfseal.verifier.proof.CheckLab.KEYS;
import static org.bpfseal.verifier.proof.CheckLab.LEAF;
import static org.bpfseal.verifier.proof.CheckLab.NEW;
import static org.bpfseal.verifier.proof.CheckLab.OLD;
import static org.bpfseal.verifier.proof.CheckLab.OTHER_RSA;
import static org.bpfseal.verifier.proof.CheckLab.PROGRAM;
import static org.bpfseal.verifier.proof.CheckLab.ROOT;
import static org.bpfseal.verifier.proof.CheckLab.by;
import static org.bpfseal.verifier.proof.CheckLab.inside;
import static org.bpfseal.verifier.proof.CheckLab.load;
import static org.bpfseal.verifier.proof.CheckLab.part;
import static org.bpfseal.verifier.proof.CheckLab.ring;
import static org.bpfseal.verifier.proof.CheckLab.signature;
import static org.bpfseal.verifier.proof.CheckLab.signer;
import static org.bpfseal.verifier.proof.MessageRecipe.contentType;
import static org.bpfseal.verifier.proof.MessageRecipe.messageDigest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bpfseal.verifier.Advice;
import org.bpfseal.verifier.KernelFeature;
import org.bpfseal.verifier.KernelMirror;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.KeyringSelector;
import org.bpfseal.verifier.LoadRequest;
import org.bpfseal.verifier.SystemKeyring;
import org.bpfseal.verifier.Verdict;
import org.bpfseal.verifier.bpf.ProgramType;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.keyring.Keyring;
import org.bpfseal.verifier.program.DirectLoad;
import org.bpfseal.verifier.program.Generation;
import org.bpfseal.verifier.program.SignedForm;
import org.bpfseal.verifier.program.SignedProgram;

/**
 * What the kernel accepts though an operator should know of it, one case and more for each kind.
 */
final class AdviceCases {
  private static final LabKey EC = KEYS.key("ec secp256r1 0");
  private static final Certificate EC_ROOT = CertificateRecipe.root(EC).make();
  private static final Certificate WEAK = CertificateRecipe.root(KEYS.key("rsa 1024 0")).make();
  private static final Certificate SHORT =
      CertificateRecipe.issuedBy(ROOT, OTHER_RSA)
          .validity(CertificateRecipe.validity("240101000000Z", "250101000000Z"))
          .make();
  private static final Keyring RING = ring(NEW, ROOT);

  private AdviceCases() {}

  /** An accepted verdict, and the only advice in it. */
  record AdviceCase(String name, Advice.Kind kind, String path, Supplier<Verdict> verdict) {
    @Override
    public String toString() {
      return kind.code() + ": " + name;
    }
  }

  static List<AdviceCase> all() {
    List<AdviceCase> all = new ArrayList<>();
    all.addAll(dates());
    all.addAll(laxness());
    all.addAll(algorithms());
    all.addAll(signers());
    all.addAll(loads());
    return all;
  }

  private static AdviceCase message(
      String name, Advice.Kind kind, String path, MessageRecipe made) {
    return new AdviceCase(name, kind, path, () -> load(made));
  }

  private static Verdict at(String time, MessageRecipe message) {
    LoadRequest request = LoadRequest.of(PROGRAM, message.make(), new KeyringSelector.Given(RING));
    return KernelMirror.of(NEW).at(Instant.parse(time)).load(request);
  }

  private static String name(Certificate certificate) {
    return ring(NEW, certificate).keys().getFirst().description().toUtf8();
  }

  private static List<AdviceCase> dates() {
    return List.of(
        new AdviceCase(
            "in the keyring",
            Advice.Kind.CERTIFICATE_EXPIRED,
            name(ROOT),
            () -> at("2050-01-01T00:00:00Z", by(signer(ROOT)))),
        new AdviceCase(
            "in the keyring",
            Advice.Kind.CERTIFICATE_NOT_YET_VALID,
            name(ROOT),
            () -> at("2019-12-31T23:59:59Z", by(signer(ROOT)))),
        new AdviceCase(
            "in the message",
            Advice.Kind.CERTIFICATE_EXPIRED,
            "signature / certificates[0]",
            () -> at("2026-01-01T00:00:00Z", inside(SHORT))),
        new AdviceCase(
            "in the message",
            Advice.Kind.CERTIFICATE_NOT_YET_VALID,
            "signature / certificates[0]",
            () -> at("2023-01-01T00:00:00Z", inside(SHORT))));
  }

  private static List<AdviceCase> laxness() {
    Bytes good = by(signer(ROOT)).make();
    Bytes ecdsa = EC.sign(Hash.SHA256, PROGRAM, 0);
    Bytes odd = Bytes.concat(Bytes.of((byte) 0x10), ecdsa.from(1));
    Keyring.Builder longer = Keyring.named("lab");
    KernelMirror.of(NEW).addKey(longer, Bytes.concat(ROOT.der(), Bytes.of((byte) 0)));
    return List.of(
        new AdviceCase(
            "primitive SEQUENCE",
            Advice.Kind.NOT_DER,
            "signature",
            () -> load(Bytes.concat(Bytes.of((byte) 0x10), good.from(1)))),
        message(
            "attributes out of order",
            Advice.Kind.NOT_DER,
            "signature / signerInfos[0] / signedAttrs",
            by(signer(ROOT).attributes(messageDigest(PROGRAM), contentType()))),
        new AdviceCase(
            "ECDSA value",
            Advice.Kind.NOT_DER,
            "signature / signerInfos[0] / signature",
            () ->
                load(NEW, by(signer(EC_ROOT)).changed(signature(odd)).make(), ring(NEW, EC_ROOT))),
        new AdviceCase(
            "certificate with a tail",
            Advice.Kind.NOT_DER,
            name(ROOT),
            () -> load(NEW, good, longer.build())),
        new AdviceCase(
            "one byte",
            Advice.Kind.TRAILING_BYTES,
            "signature",
            () -> load(Bytes.concat(good, Bytes.of((byte) 0)))),
        message(
            "attributes in [2]",
            Advice.Kind.ATTRIBUTES_UNSIGNED,
            "signature / signerInfos[0]",
            by(signer(ROOT)).changed(AdviceCases::withUnsignedAttributes)));
  }

  private static List<Node> withUnsignedAttributes(List<Node> parts) {
    Node infos = parts.getLast();
    Node info = infos.nodes().getFirst();
    List<Node> longer = new ArrayList<>(info.nodes());
    longer.add(3, Der.context(2, Der.sequence(contentType())));
    return CheckLab.replaced(parts, parts.size() - 1, infos.with(List.of(info.with(longer))));
  }

  private static List<AdviceCase> algorithms() {
    Certificate bySha1 =
        new CertificateRecipe(
                OTHER_RSA,
                Optional.of(ROOT),
                Hash.SHA1,
                CertificateRecipe.name(Der.UTF8_STRING, "Old Signer"),
                OTHER_RSA.publicKey(),
                CertificateRecipe.validity("200101000000Z", "491231235959Z"),
                CertificateRecipe.issuedBy(ROOT, OTHER_RSA).extensions())
            .make();
    Node sha384 = Der.algorithm(Hash.SHA384.ecdsaOid);
    return List.of(
        message(
            "of the message",
            Advice.Kind.DIGEST_WEAK,
            "signature / signerInfos[0]",
            by(signer(ROOT).hash(Hash.SHA1))),
        message(
            "of a certificate",
            Advice.Kind.DIGEST_WEAK,
            "signature / certificates[0]",
            by(signer(bySha1).byIssuer()).inside(bySha1.tree(), ROOT.tree())),
        new AdviceCase(
            "RSA-1024",
            Advice.Kind.KEY_WEAK,
            name(WEAK),
            () -> load(NEW, by(signer(WEAK)).make(), ring(NEW, WEAK))),
        new AdviceCase(
            "RSA-1024, in the message too",
            Advice.Kind.KEY_WEAK,
            name(WEAK),
            () -> load(NEW, inside(WEAK).make(), ring(NEW, WEAK))),
        new AdviceCase(
            "SHA-384 in the name",
            Advice.Kind.DIGEST_OTHER,
            "signature / signerInfos[0]",
            () -> load(NEW, by(signer(EC_ROOT).algorithm(sha384)).make(), ring(NEW, EC_ROOT))),
        message(
            "SHA-512 alone",
            Advice.Kind.DIGEST_NOT_ANNOUNCED,
            "signature / signerInfos[0]",
            by(signer(ROOT)).changed(part(1, Der.set(Der.algorithm(Hash.SHA512.oid))))));
  }

  private static List<AdviceCase> signers() {
    return List.of(
        message(
            "beside a trusted one",
            Advice.Kind.SIGNER_UNKNOWN,
            "signature / signerInfos[1]",
            by(signer(ROOT), signer(LEAF))),
        message(
            "beside a trusted one",
            Advice.Kind.SIGNER_UNSUPPORTED,
            "signature / signerInfos[1]",
            by(signer(ROOT), signer(LEAF).hash(Hash.SHA3_256))));
  }

  private static List<AdviceCase> loads() {
    LoadRequest unsigned =
        new LoadRequest(PROGRAM, Optional.empty(), 0, KeyringSelector.BUILTIN, Optional.empty(), 0);
    KernelProfile coming =
        NEW.toBuilder().with(KernelFeature.BPF_KEYRING).keyring(SystemKeyring.BPF, RING).build();
    Bytes signature = by(signer(ROOT)).make();
    SignedForm form = new SignedForm(Generation.V6_18, PROGRAM, signature);
    DirectLoad load =
        new DirectLoad("f", ProgramType.SOCKET_FILTER, 0, 0, 0, Optional.empty(), "GPL");
    SignedProgram direct =
        new SignedProgram("f", Bytes.EMPTY, Optional.of(load), List.of(form), Optional.empty());
    return List.of(
        new AdviceCase("a load", Advice.Kind.UNSIGNED, "signature", () -> load(NEW, unsigned)),
        new AdviceCase(
            "id -9",
            Advice.Kind.KEYRING_UNRELEASED,
            "keyring_id",
            () -> load(coming, LoadRequest.of(PROGRAM, signature, KeyringSelector.BPF))),
        new AdviceCase(
            "no comparison",
            Advice.Kind.BLOB_UNPROTECTED,
            "data",
            () -> KernelMirror.of(OLD).judge(form, Bytes.EMPTY, new KeyringSelector.Given(RING))),
        new AdviceCase(
            "a program without a loader",
            Advice.Kind.ATTRIBUTES_UNCOVERED,
            "load",
            () -> KernelMirror.of(OLD).judge(direct, form, new KeyringSelector.Given(RING))));
  }
}
