// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfseal.verifier.proof.CheckLab.KEYS;
import static org.bpfseal.verifier.proof.CheckLab.PROGRAM;
import static org.bpfseal.verifier.proof.CheckLab.inside;
import static org.bpfseal.verifier.proof.CheckLab.load;
import static org.bpfseal.verifier.proof.CheckLab.signature;

import java.math.BigInteger;
import java.util.List;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.keyring.Keyring;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Encodings of one good P-256 signature, behind a certificate in the message. */
class EcdsaEncodingTest {
  private static final LabKey KEY = KEYS.key("ec secp256r1 0");
  private static final Certificate CERTIFICATE = CertificateRecipe.root(KEY).make();
  private static final Bytes GOOD = KEY.sign(Hash.SHA256, PROGRAM, 0);
  private static final BigInteger ORDER = CustomNamedCurves.getByName("secp256r1").getN();
  private static final BigInteger R = integer(4);
  private static final BigInteger S = integer(4 + GOOD.at(3) + 2);

  /**
   * Octets of a signature, and what the kernel says: ENOKEY when it is good, as nobody is trusted.
   */
  record Row(String name, Bytes signature, String expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final String GOOD_WORD = "ENOKEY";

  static List<Row> rows() {
    Node r = Der.integer(R);
    Node s = Der.integer(S);
    Bytes body = Bytes.concat(Encoding.of(r), Encoding.of(s));
    return List.of(
        new Row("good", GOOD, GOOD_WORD),
        row("r and s", r, s, GOOD_WORD),
        row("high s", r, Der.integer(ORDER.subtract(S)), GOOD_WORD),
        row("no sign octet", unsigned(R), unsigned(S), GOOD_WORD),
        row("s one octet longer, zero", r, padded(S, 33), GOOD_WORD),
        row("s two octets longer", r, padded(S, 34), "EINVAL"),
        row("r one octet longer, not zero", Der.integer(R.setBit(257)), s, "EINVAL"),
        row("r empty", Node.of(Der.INTEGER, Bytes.EMPTY), s, "EINVAL"),
        row("r zero", Der.integer(0), s, "EBADMSG"),
        row("s zero", r, Der.integer(0), "EBADMSG"),
        row("r the order", Der.integer(ORDER), s, "EBADMSG"),
        row("s the order", r, Der.integer(ORDER), "EBADMSG"),
        row("r and s swapped", s, r, "EKEYREJECTED"),
        row("r changed", Der.integer(R.flipBit(0)), s, "EKEYREJECTED"),
        new Row("an octet behind", Bytes.concat(GOOD, Bytes.of((byte) 0)), GOOD_WORD),
        new Row(
            "length in two octets",
            Bytes.concat(Bytes.hex("3082"), u16(body.size()), body),
            GOOD_WORD),
        new Row(
            "length in three octets",
            Bytes.concat(Bytes.hex("308300"), u16(body.size()), body),
            "EBADMSG"),
        new Row("indefinite", Bytes.concat(Bytes.hex("3080"), body, Bytes.hex("0000")), GOOD_WORD),
        new Row("primitive SEQUENCE", Bytes.concat(Bytes.of((byte) 0x10), GOOD.from(1)), GOOD_WORD),
        new Row("SET", Bytes.concat(Bytes.of((byte) 0x31), GOOD.from(1)), "EBADMSG"),
        new Row("third INTEGER", Encoding.of(Der.sequence(r, s, Der.integer(1))), "EBADMSG"),
        new Row("r alone", Encoding.of(Der.sequence(r)), "EBADMSG"),
        new Row("bare numbers", Bytes.concat(unsignedOctets(R), unsignedOctets(S)), "EBADMSG"),
        new Row("empty", Bytes.EMPTY, "EBADMSG"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void insideTheMessage(Row row) {
    MessageRecipe message = inside(CERTIFICATE).changed(signature(row.signature()));
    assertThat(load(CheckLab.NEW, message.make(), Keyring.empty("nobody")).word())
        .isEqualTo(row.expected());
  }

  private static Row row(String name, Node r, Node s, String expected) {
    return new Row(name, Encoding.of(Der.sequence(r, s)), expected);
  }

  /** The number of the good signature's INTEGER whose contents begin at an offset. */
  private static BigInteger integer(int contents) {
    return new BigInteger(1, GOOD.slice(contents, contents + GOOD.at(contents - 1)).toArray());
  }

  private static Node padded(BigInteger value, int size) {
    return Node.of(Der.INTEGER, RsaKey.octets(value, size));
  }

  private static Node unsigned(BigInteger value) {
    return Node.of(Der.INTEGER, unsignedOctets(value));
  }

  private static Bytes unsignedOctets(BigInteger value) {
    return RsaKey.octets(value, 32);
  }

  private static Bytes u16(int value) {
    return Bytes.of((byte) (value >> 8), (byte) value);
  }
}
