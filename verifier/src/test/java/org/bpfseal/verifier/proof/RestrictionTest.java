// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfseal.verifier.proof.CertificateRecipe.extension;
import static org.bpfseal.verifier.proof.CheckLab.KEYS;
import static org.bpfseal.verifier.proof.CheckLab.LEAF;
import static org.bpfseal.verifier.proof.CheckLab.NEW;
import static org.bpfseal.verifier.proof.CheckLab.OTHER_RSA;
import static org.bpfseal.verifier.proof.CheckLab.ROOT;
import static org.bpfseal.verifier.proof.CheckLab.ring;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.keyring.Key;
import org.bpfseal.verifier.keyring.KeyState;
import org.bpfseal.verifier.keyring.Keyring;
import org.bpfseal.verifier.keyring.Restriction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** crypto/asymmetric_keys/restrict.c, rule by rule. */
class RestrictionTest {
  private static final Keyring NOBODY = Keyring.empty("nobody");
  private static final Keyring ROOTS = ring(NEW, ROOT);
  private static final Certificate STRANGER =
      CertificateRecipe.root(KEYS.key("rsa 2048 3"))
          .subject(CertificateRecipe.name(Der.UTF8_STRING, "Stranger"))
          .make();
  private static final Certificate BY_NAME =
      CertificateRecipe.issuedBy(ROOT, OTHER_RSA)
          .extensions(extension("2.5.29.14", Der.octets(LEAF.skid())))
          .make();

  /** Signed by a stranger in the root's name; the block comes out as noise. */
  private static final Certificate FORGED =
      CertificateRecipe.issuedBy(
              new Certificate(
                  ROOT.tree(),
                  STRANGER.key(),
                  ROOT.subject(),
                  ROOT.issuer(),
                  ROOT.serial(),
                  ROOT.skid()),
              OTHER_RSA)
          .make();

  private static final Certificate OTHER_KEY_ID =
      CertificateRecipe.issuedBy(ROOT, OTHER_RSA)
          .extending(extension("2.5.29.35", Der.sequence(Der.context(0, Bytes.utf8("another")))))
          .make();

  /** Signed over SHA3-256, which is a module that isn't loaded. */
  private static final Certificate UNSUPPORTED =
      new CertificateRecipe(
              OTHER_RSA,
              Optional.of(ROOT),
              Hash.SHA3_256,
              LEAF.subject(),
              OTHER_RSA.publicKey(),
              CertificateRecipe.validity("200101000000Z", "491231235959Z"),
              List.of(extension("2.5.29.35", Der.sequence(Der.context(0, ROOT.skid())))))
          .make();

  /** A certificate, what the keyring demands, what is in it already, and the answer. */
  record Row(
      String name, Restriction restriction, Keyring inside, Certificate added, String expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Row> rows() {
    return Stream.of(signedBy(), caKeys(), keyOrKeyring()).flatMap(rows -> rows);
  }

  private static Restriction signedBy(Keyring trusted, boolean itself, boolean builtin) {
    return new Restriction.SignedBy(trusted, itself, builtin, Optional.empty());
  }

  private static Row row(String name, Restriction restriction, Certificate added, String word) {
    return new Row(name, restriction, NOBODY, added, word);
  }

  private static Keyring in(KeyState state) {
    Keyring.Builder ring = Keyring.named("stale");
    ROOTS.keys().forEach(key -> ring.link(key.in(state)));
    return ring.build();
  }

  private static Stream<Row> signedBy() {
    Keyring.Builder builtin = Keyring.named("builtin");
    ROOTS.keys().forEach(key -> builtin.link(key.builtIn()));
    Keyring nested = Keyring.named("outer").link(ROOTS).build();
    Restriction trusted = signedBy(ROOTS, false, false);
    return Stream.of(
        row("issuer trusted", trusted, LEAF, "OK"),
        row("root trusted", trusted, ROOT, "OK"),
        row("stranger", trusted, STRANGER, "ENOKEY"),
        row("issuer by name", trusted, BY_NAME, "OK"),
        row(
            "issuer by name not there",
            signedBy(ring(NEW, STRANGER), false, false),
            BY_NAME,
            "ENOKEY"),
        row("forged", trusted, FORGED, "EINVAL"),
        row("issuer in a keyring inside", signedBy(nested, false, false), LEAF, "OK"),
        row("issuer expired", signedBy(in(KeyState.EXPIRED), false, false), LEAF, "ENOKEY"),
        row("issuer builtin", signedBy(builtin.build(), false, true), LEAF, "OK"),
        row("issuer not builtin", signedBy(ROOTS, false, true), LEAF, "ENOKEY"),
        new Row("issuer in it already", signedBy(NOBODY, true, false), ROOTS, LEAF, "OK"),
        new Row("which doesn't count", signedBy(NOBODY, false, false), ROOTS, LEAF, "ENOKEY"),
        new Row("trusted one beside it", signedBy(ROOTS, true, false), NOBODY, LEAF, "OK"),
        row("hash not available", trusted, UNSUPPORTED, "ENOPKG"),
        row("closed", new Restriction.Closed(), LEAF, "EPERM"),
        row("open", new Restriction.None(), STRANGER, "OK"));
  }

  private static Row caKey(String name, Bytes end, Certificate added, String word) {
    return row(name, new Restriction.SignedBy(ROOTS, false, false, Optional.of(end)), added, word);
  }

  private static Stream<Row> caKeys() {
    Bytes skid = ROOT.skid();
    return Stream.of(
        caKey("the issuer's whole key id", skid, LEAF, "OK"),
        caKey("its end", skid.from(skid.size() - 4), LEAF, "OK"),
        caKey("nothing of it", Bytes.EMPTY, LEAF, "OK"),
        caKey("its begin", skid.slice(0, 4), LEAF, "EPERM"),
        caKey("more than it", Bytes.concat(Bytes.of((byte) 1), skid), LEAF, "EPERM"),
        caKey("no key id", skid, BY_NAME, "EPERM"));
  }

  private static Row key(String name, Keyring trusted, Certificate added, String word) {
    return row("key: " + name, new Restriction.KeyOrKeyring(trusted, true, false), added, word);
  }

  private static Stream<Row> keyOrKeyring() {
    Restriction keyring = new Restriction.KeyOrKeyring(ROOTS, false, false);
    Restriction chain = new Restriction.KeyOrKeyring(NOBODY, false, true);
    Certificate both = naming(ROOT.skid(), 1);
    Certificate otherSkid = naming(LEAF.skid(), 1);
    Certificate otherSerial = naming(ROOT.skid(), 2);
    return Stream.of(
        row("keyring that holds the issuer", keyring, LEAF, "OK"),
        row("keyring without it", keyring, STRANGER, "ENOKEY"),
        row("forged by one of it", keyring, FORGED, "EINVAL"),
        new Row("chain", chain, ROOTS, LEAF, "OK"),
        new Row("chain without issuer", chain, NOBODY, LEAF, "ENOKEY"),
        new Row(
            "no chain", new Restriction.KeyOrKeyring(NOBODY, false, false), ROOTS, LEAF, "ENOKEY"),
        key("issuer", ROOTS, LEAF, "OK"),
        key("stranger", ring(NEW, STRANGER), LEAF, "ENOKEY"),
        key("issuer by name", ROOTS, BY_NAME, "OK"),
        key("stranger by name", ring(NEW, STRANGER), BY_NAME, "ENOKEY"),
        key("issuer by both ids", ROOTS, both, "OK"),
        key("another key id", ROOTS, otherSkid, "ENOKEY"),
        key("another serial number", ROOTS, otherSerial, "ENOKEY"),
        key("another key id alone, though the name is right", ROOTS, OTHER_KEY_ID, "ENOKEY"),
        key("hash not available", ROOTS, UNSUPPORTED, "ENOPKG"),
        key("expired", in(KeyState.EXPIRED), LEAF, "EKEYEXPIRED"),
        key("revoked", in(KeyState.REVOKED), LEAF, "EKEYREVOKED"),
        key("invalidated", in(KeyState.INVALIDATED), LEAF, "ENOKEY"),
        key("forged", ROOTS, FORGED, "EINVAL"));
  }

  /** A leaf of the root that names its issuer by serial number and key id. */
  private static Certificate naming(Bytes keyId, int serial) {
    return CertificateRecipe.issuedBy(ROOT, OTHER_RSA)
        .extending(
            extension(
                "2.5.29.35",
                Der.sequence(
                    Der.context(0, keyId),
                    Der.context(1, Der.context(4, ROOT.subject())),
                    Der.context(2, Bytes.of((byte) serial)))))
        .make();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void links(Row row) {
    assertThat(answer(row.restriction(), row.inside(), row.added())).isEqualTo(row.expected());
  }

  private static String answer(Restriction restriction, Keyring inside, Certificate added) {
    Keyring.Builder ring = Keyring.named("target").restriction(restriction);
    for (Key key : inside.keys()) {
      ring.link(key);
    }
    return CheckLab.add(NEW, ring, added.der()).word();
  }

  /**
   * Contents of keyUsage and basicConstraints, and whether a CA, a strict CA, a signer they make.
   */
  @ParameterizedTest(name = "usage {0}, constraints {1}")
  @CsvSource({
    "03020204, 30030101ff, OK, OK, ENOKEY",
    "03020204, 3000, ENOKEY, ENOKEY, ENOKEY",
    "03020104, 30030101ff, OK, OK, ENOKEY",
    "03020304, 30030101ff, ENOKEY, ENOKEY, ENOKEY",
    "03020284, 30030101ff, OK, ENOKEY, ENOKEY",
    "03020284, 3000, ENOKEY, ENOKEY, ENOKEY",
    "03020780, 3000, ENOKEY, ENOKEY, OK",
    "03020780, 30030101ff, ENOKEY, ENOKEY, ENOKEY",
    "03020702, 30030101ff, ENOKEY, ENOKEY, ENOKEY",
    "0303070480, 30030101ff, OK, OK, ENOKEY",
    "0303000400, 30030101ff, OK, OK, ENOKEY",
    "03030704, 30030101ff, ENOKEY, ENOKEY, ENOKEY",
    "0302070480, 30030101ff, ENOKEY, ENOKEY, ENOKEY",
    "0302010480, 30030101ff, OK, OK, ENOKEY",
    "0304020400, 30030101ff, ENOKEY, ENOKEY, ENOKEY",
    "030202ff, 30030101ff, OK, ENOKEY, ENOKEY",
    "03020200, 30030101ff, ENOKEY, ENOKEY, ENOKEY",
  })
  void usage(String usage, String constraints, String ca, String strictCa, String signer) {
    Certificate certificate =
        CertificateRecipe.issuedBy(ROOT, OTHER_RSA)
            .extending(ExtensionRules.extension("2.5.29.15", usage))
            .extending(ExtensionRules.extension("2.5.29.19", constraints))
            .make();
    assertThat(answer(new Restriction.CertificateAuthorities(false), NOBODY, certificate))
        .isEqualTo(ca);
    assertThat(answer(new Restriction.CertificateAuthorities(true), NOBODY, certificate))
        .isEqualTo(strictCa);
    assertThat(answer(new Restriction.DigitalSignature(ROOTS), NOBODY, certificate))
        .isEqualTo(signer);
    assertThat(answer(new Restriction.DigitalSignature(NOBODY), NOBODY, certificate))
        .isEqualTo("ENOKEY");
  }
}
