// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import static org.bpfseal.verifier.proof.CertificateRecipe.extension;
import static org.bpfseal.verifier.proof.CheckLab.KEYS;
import static org.bpfseal.verifier.proof.CheckLab.LEAF;
import static org.bpfseal.verifier.proof.CheckLab.OTHER_RSA;
import static org.bpfseal.verifier.proof.CheckLab.PROGRAM;
import static org.bpfseal.verifier.proof.CheckLab.ROOT;
import static org.bpfseal.verifier.proof.CheckLab.RSA;
import static org.bpfseal.verifier.proof.CheckLab.by;
import static org.bpfseal.verifier.proof.CheckLab.signer;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * Chains inside messages, and the walk from them into the keyring: pkcs7_verify.c, pkcs7_trust.c.
 */
final class ChainRules {
  private static final String OK = "OK";
  private static final String REJECTED = "EKEYREJECTED";
  private static final String NO_KEY = "ENOKEY";
  private static final LabKey THIRD = KEYS.key("rsa 2048 2");
  private static final LabKey FOURTH = KEYS.key("rsa 2048 3");

  /** Issued by {@link CheckLab#ROOT}, and no CA either. */
  private static final Certificate MIDDLE =
      CertificateRecipe.issuedBy(ROOT, THIRD)
          .subject(CertificateRecipe.name(Der.UTF8_STRING, "Middle"))
          .make();

  private static final Certificate END =
      CertificateRecipe.issuedBy(MIDDLE, FOURTH)
          .subject(CertificateRecipe.name(Der.UTF8_STRING, "End"))
          .make();
  private static final Certificate STRANGER =
      CertificateRecipe.root(FOURTH)
          .subject(CertificateRecipe.name(Der.UTF8_STRING, "Stranger"))
          .make();

  private ChainRules() {}

  static List<Ruled> all() {
    return Stream.of(short_(), long_(), forged(), several(), loops(), unusable())
        .flatMap(List::stream)
        .toList();
  }

  private static Ruled of(String rule, String word, MessageRecipe message, Certificate... trusted) {
    return Ruled.message("chain: " + rule, message, word, trusted);
  }

  private static MessageRecipe end(Certificate... inside) {
    return by(signer(END).byIssuer()).inside(trees(inside));
  }

  private static Node[] trees(Certificate... certificates) {
    return Stream.of(certificates).map(Certificate::tree).toArray(Node[]::new);
  }

  private static List<Ruled> short_() {
    MessageRecipe leaf = by(signer(LEAF).byIssuer());
    MessageRecipe bySkid = by(signer(LEAF));
    return List.of(
        of("signer trusted", OK, leaf, LEAF),
        of("signer trusted, by SKID", OK, bySkid, LEAF),
        of("nobody trusted", NO_KEY, leaf),
        of("another trusted", NO_KEY, leaf, STRANGER),
        of("issuer trusted, signer not inside", NO_KEY, leaf, ROOT),
        of("signer inside and trusted", OK, leaf.inside(LEAF.tree()), LEAF),
        of("signer inside, issuer trusted", OK, leaf.inside(LEAF.tree()), ROOT),
        of("signer inside, named by SKID", NO_KEY, bySkid.inside(LEAF.tree()), ROOT),
        of("signer inside, another trusted", NO_KEY, leaf.inside(LEAF.tree()), STRANGER),
        of("root inside and trusted", OK, leaf.inside(trees(LEAF, ROOT)), ROOT),
        of("root inside, nobody trusted", NO_KEY, leaf.inside(trees(LEAF, ROOT))),
        of("root inside before the signer", OK, leaf.inside(trees(ROOT, LEAF)), ROOT),
        of("signer trusted, root inside", OK, leaf.inside(trees(LEAF, ROOT)), LEAF),
        of("strangers inside", OK, leaf.inside(trees(STRANGER, LEAF, MIDDLE)), ROOT));
  }

  private static List<Ruled> long_() {
    return List.of(
        of("three, root trusted", OK, end(END, MIDDLE, ROOT), ROOT),
        of("three, middle trusted", OK, end(END, MIDDLE, ROOT), MIDDLE),
        of("three, end trusted", OK, end(END, MIDDLE, ROOT), END),
        of("three, none trusted", NO_KEY, end(END, MIDDLE, ROOT)),
        of("without root, root trusted", OK, end(END, MIDDLE), ROOT),
        of("without middle, root trusted", NO_KEY, end(END, ROOT), ROOT),
        of("without middle, middle trusted", OK, end(END, ROOT), MIDDLE),
        of("in another order", OK, end(ROOT, MIDDLE, END), ROOT),
        of("all trusted", OK, end(END, MIDDLE, ROOT), ROOT, MIDDLE, END));
  }

  /** The certificate with another's key, as if it were still its issuer's work. */
  private static Certificate impostor(Certificate certificate, LabKey key) {
    return new CertificateRecipe(
            key,
            Optional.of(
                new Certificate(
                    ROOT.tree(), key, ROOT.subject(), ROOT.issuer(), ROOT.serial(), ROOT.skid())),
            Hash.SHA256,
            certificate.subject(),
            key.publicKey(),
            CertificateRecipe.validity("200101000000Z", "491231235959Z"),
            List.of(
                extension("2.5.29.14", Der.octets(certificate.skid())),
                extension("2.5.29.35", Der.sequence(Der.context(0, ROOT.skid())))))
        .make();
  }

  private static List<Ruled> forged() {
    Certificate impostor = impostor(LEAF, FOURTH);
    MessageRecipe byImpostor = by(signer(impostor).byIssuer());
    MessageRecipe other = MessageRecipe.of(Bytes.utf8("other"), signer(LEAF).byIssuer());
    return List.of(
        of("other content", REJECTED, other, LEAF),
        of("other content, nobody trusted", NO_KEY, other),
        of("other content, signer inside", REJECTED, other.inside(LEAF.tree())),
        of("false issuer, root trusted", REJECTED, byImpostor.inside(impostor.tree()), ROOT),
        of("false issuer, nobody trusted", NO_KEY, byImpostor.inside(impostor.tree())),
        of("false issuer, root inside", "EINVAL", byImpostor.inside(trees(impostor, ROOT)), ROOT),
        of("false issuer, itself trusted", OK, byImpostor.inside(impostor.tree()), impostor),
        of(
            "false issuer, the true one trusted",
            REJECTED,
            byImpostor.inside(impostor.tree()),
            LEAF));
  }

  private static List<Ruled> several() {
    MessageRecipe.Signer good = signer(ROOT);
    MessageRecipe.Signer stranger = signer(STRANGER);
    MessageRecipe.Signer unknown = good.hash(Hash.SM3);
    MessageRecipe.Signer byIssuer = signer(LEAF).byIssuer();
    MessageRecipe.Signer otherIssuer = signer(STRANGER).byIssuer();
    return List.of(
        of("stranger first", OK, by(stranger, good), ROOT),
        of("stranger second", OK, by(good, stranger), ROOT),
        of("two strangers", NO_KEY, by(stranger, stranger), ROOT),
        of("both trusted", OK, by(good, stranger), ROOT, STRANGER),
        of("unsupported first", OK, by(unknown, good), ROOT),
        of("unsupported second", OK, by(good, unknown), ROOT),
        of("unsupported twice", "ENOPKG", by(unknown, unknown), ROOT),
        of("unsupported, stranger", "ENOPKG", by(unknown, stranger), ROOT),
        of("stranger, unsupported", "ENOPKG", by(stranger, unknown), ROOT),
        of("wrong second", REJECTED, mixed(good, stranger), ROOT, STRANGER),
        of("wrong second, its key unknown", OK, mixed(good, stranger), ROOT),
        of("same signer twice", OK, by(byIssuer, byIssuer).inside(trees(LEAF, ROOT)), ROOT),
        of("same chain, nobody", NO_KEY, by(byIssuer, byIssuer).inside(trees(LEAF, ROOT))),
        of("one chain trusted", OK, by(otherIssuer, byIssuer).inside(trees(STRANGER, LEAF)), ROOT),
        of(
            "end and middle",
            OK,
            by(signer(END).byIssuer(), signer(MIDDLE).byIssuer()).inside(trees(END, MIDDLE)),
            ROOT),
        of(
            "middle and end, end trusted",
            OK,
            by(signer(MIDDLE).byIssuer(), signer(END).byIssuer()).inside(trees(END, MIDDLE)),
            END));
  }

  /** The second signer's signature is changed. */
  private static MessageRecipe mixed(MessageRecipe.Signer first, MessageRecipe.Signer second) {
    return by(first, second)
        .changed(
            parts -> {
              Node infos = parts.getLast();
              Node info = infos.nodes().getLast();
              Bytes other = FOURTH.sign(Hash.SHA256, Bytes.utf8("other"), 0);
              Node changed = info.with(CheckLab.replaced(info.nodes(), 4, Der.octets(other)));
              return CheckLab.replaced(
                  parts,
                  parts.size() - 1,
                  infos.with(CheckLab.replaced(infos.nodes(), 1, changed)));
            });
  }

  /** Issued by a certificate of another name that has that key and SKID. */
  private static Certificate cross(String name, LabKey key, LabKey issuerKey, String issuer) {
    Node issuerName = CertificateRecipe.name(Der.UTF8_STRING, issuer);
    Certificate by =
        new Certificate(
            ROOT.tree(),
            issuerKey,
            issuerName,
            issuerName,
            ROOT.serial(),
            CertificateRecipe.skid(issuerKey));
    return CertificateRecipe.issuedBy(by, key)
        .subject(CertificateRecipe.name(Der.UTF8_STRING, name))
        .make();
  }

  private static List<Ruled> loops() {
    Certificate a = cross("A", THIRD, FOURTH, "B");
    Certificate b = cross("B", FOURTH, THIRD, "A");
    MessageRecipe byA = by(signer(a).byIssuer());
    return List.of(
        of("two that issue each other", NO_KEY, byA.inside(trees(a, b))),
        of("first of them trusted", OK, byA.inside(trees(a, b)), a),
        of("second of them trusted", OK, byA.inside(trees(a, b)), b),
        of("loop, another trusted", NO_KEY, byA.inside(trees(a, b)), ROOT));
  }

  private static List<Ruled> unusable() {
    Certificate sha3 =
        new CertificateRecipe(
                OTHER_RSA,
                Optional.of(ROOT),
                Hash.SHA3_256,
                LEAF.subject(),
                OTHER_RSA.publicKey(),
                CertificateRecipe.validity("200101000000Z", "491231235959Z"),
                List.of(
                    extension("2.5.29.14", Der.octets(LEAF.skid())),
                    extension("2.5.29.35", Der.sequence(Der.context(0, ROOT.skid())))))
            .make();
    MessageRecipe bySha3 = by(signer(sha3).byIssuer());
    Certificate noSkid =
        CertificateRecipe.root(RSA).extensions(extension("1.2.3", Der.nothing())).make();
    return List.of(
        of("hash unavailable, itself trusted", OK, bySha3.inside(sha3.tree()), sha3),
        of("hash unavailable, root trusted", REJECTED, bySha3.inside(sha3.tree()), ROOT),
        of("hash unavailable, nobody trusted", NO_KEY, bySha3.inside(sha3.tree())),
        of("hash unavailable, root inside", "EINVAL", bySha3.inside(trees(sha3, ROOT)), ROOT),
        of("key without SKID, by SKID", NO_KEY, by(signer(noSkid)), noSkid),
        of("key without SKID, by serial", OK, by(signer(noSkid).byIssuer()), noSkid),
        of(
            "inside with SKID, trusted without",
            NO_KEY,
            MessageRecipe.of(PROGRAM, signer(ROOT).byIssuer()).inside(ROOT.tree()),
            noSkid),
        of("same, but not inside", OK, by(signer(ROOT).byIssuer()), noSkid));
  }
}
