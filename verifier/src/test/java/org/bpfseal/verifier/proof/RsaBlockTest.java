// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfseal.verifier.proof.CheckLab.NEW;
import static org.bpfseal.verifier.proof.CheckLab.OTHER_RSA;
import static org.bpfseal.verifier.proof.CheckLab.PROGRAM;
import static org.bpfseal.verifier.proof.CheckLab.ROOT;
import static org.bpfseal.verifier.proof.CheckLab.RSA;
import static org.bpfseal.verifier.proof.CheckLab.inside;
import static org.bpfseal.verifier.proof.CheckLab.load;
import static org.bpfseal.verifier.proof.CheckLab.ring;
import static org.bpfseal.verifier.proof.CheckLab.signature;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bpfseal.verifier.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RSA blocks that differ from a good one in one respect, behind a certificate in the message. */
class RsaBlockTest {
  private static final int SIZE = 256;
  private static final Bytes INFO =
      Encoding.of(RsaKey.digestInfo(Hash.SHA256, Hash.SHA256.of(PROGRAM)));
  private static final int SEPARATOR = SIZE - INFO.size() - 1;

  /** A block, and what the kernel says to the signature that it is recovered from. */
  record Row(String name, Bytes block, String expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Row> rows() {
    return Stream.of(layouts(), prefixes()).flatMap(List::stream).toList();
  }

  private static List<Row> layouts() {
    return List.of(
        row("good", block -> {}, "OK"),
        row("first octet 1", block -> block[0] = 1, "EINVAL"),
        row("block type 0", block -> block[1] = 0, "EBADMSG"),
        row("block type 2", block -> block[1] = 2, "EBADMSG"),
        row("padding octet fe", block -> block[9] = (byte) 0xfe, "EBADMSG"),
        row("last padding octet fe", block -> block[SEPARATOR - 1] = (byte) 0xfe, "EBADMSG"),
        row("no separator", block -> block[SEPARATOR] = (byte) 0xff, "EBADMSG"),
        row("separator 1", block -> block[SEPARATOR] = 1, "EBADMSG"),
        row("all padding", block -> Arrays.fill(block, 2, SIZE, (byte) 0xff), "EBADMSG"),
        row("digest bit", block -> block[SIZE - 1] ^= 1, "EKEYREJECTED"),
        row("digest length 31", block -> block[SIZE - 33] = 31, "EBADMSG"),
        moved("seven octets of padding", 7, INFO, "EBADMSG"),
        moved("eight octets of padding, garbage behind", 8, INFO, "EKEYREJECTED"),
        moved("eight octets of padding, nothing behind", 8, Bytes.EMPTY, "EBADMSG"));
  }

  private static List<Row> prefixes() {
    Bytes digest = Hash.SHA256.of(PROGRAM);
    Node noNull = Der.sequence(Der.algorithm(Hash.SHA256.oid), Der.octets(digest));
    return List.of(
        ending("no DigestInfo", digest, "EBADMSG"),
        ending("no NULL", Encoding.of(noNull), "EBADMSG"),
        ending(
            "other hash's name", Encoding.of(RsaKey.digestInfo(Hash.SHA3_256, digest)), "EBADMSG"),
        ending(
            "other hash's digest",
            Encoding.of(RsaKey.digestInfo(Hash.SHA384, Hash.SHA384.of(PROGRAM))),
            "EBADMSG"),
        ending("an octet behind", Bytes.concat(INFO, Bytes.of((byte) 0)), "EKEYREJECTED"),
        ending("an octet short", INFO.slice(0, INFO.size() - 1), "EKEYREJECTED"),
        ending("long form of a length", Bytes.concat(Bytes.hex("3081"), INFO.from(1)), "EBADMSG"));
  }

  private static Row row(String name, Consumer<byte[]> change, String expected) {
    byte[] block = RsaKey.block(INFO, SIZE);
    change.accept(block);
    return new Row(name, Bytes.owning(block), expected);
  }

  private static Row ending(String name, Bytes end, String expected) {
    return new Row(name, Bytes.owning(RsaKey.block(end, SIZE)), expected);
  }

  /** 00 01, so many octets of padding, 00, the end, zeros. */
  private static Row moved(String name, int padding, Bytes end, String expected) {
    byte[] block = new byte[SIZE];
    block[1] = 1;
    Arrays.fill(block, 2, 2 + padding, (byte) 0xff);
    end.copyTo(block, 3 + padding);
    return new Row(name, Bytes.owning(block), expected);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void insideTheMessage(Row row) {
    Bytes value = ((RsaKey) RSA).power(row.block().toArray(), SIZE);
    assertThat(load(inside(ROOT).changed(signature(value))).word()).isEqualTo(row.expected());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void byAKeyOfTheKeyringAllAreRejected(Row row) {
    Bytes value = ((RsaKey) RSA).power(row.block().toArray(), SIZE);
    Bytes message = CheckLab.by(CheckLab.signer(ROOT)).changed(signature(value)).make();
    assertThat(load(NEW, message, ring(NEW, ROOT)).word())
        .isEqualTo(row.expected().equals("OK") ? "OK" : "EKEYREJECTED");
  }

  @Test
  void modulusWithoutBoundsStaysEnomemInTheTrustStep() {
    Node huge =
        Der.sequence(
            Der.algorithmWithNull("1.2.840.113549.1.1.1"),
            Der.bits(Der.sequence(Der.integer(BigInteger.ONE.shiftLeft(16384)), Der.integer(3))));
    Certificate leaf = CertificateRecipe.issuedBy(ROOT, OTHER_RSA).publicKey(huge).make();
    Bytes message = CheckLab.by(CheckLab.signer(leaf)).make();
    assertThat(load(NEW, message, ring(NEW, leaf)).word()).isEqualTo("ENOMEM");
  }

  @Test
  void numbersOutOfRange() {
    Bytes modulus = RsaKey.octets(((RsaKey) RSA).modulus(), SIZE);
    for (int value = 0; value < 2; value++) {
      byte[] small = new byte[SIZE];
      small[SIZE - 1] = (byte) value;
      assertThat(word(Bytes.owning(small))).isEqualTo("EINVAL");
    }
    assertThat(word(modulus)).isEqualTo("EINVAL");
    Bytes less = RsaKey.octets(((RsaKey) RSA).modulus().subtract(BigInteger.ONE), SIZE);
    assertThat(word(less)).isEqualTo("EINVAL");
  }

  private static String word(Bytes value) {
    return load(inside(ROOT).changed(signature(value))).word();
  }
}
