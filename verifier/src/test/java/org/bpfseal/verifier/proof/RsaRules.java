// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import static org.bpfseal.verifier.proof.CheckLab.KEYS;
import static org.bpfseal.verifier.proof.CheckLab.PROGRAM;
import static org.bpfseal.verifier.proof.CheckLab.ROOT;
import static org.bpfseal.verifier.proof.CheckLab.RSA;
import static org.bpfseal.verifier.proof.CheckLab.by;
import static org.bpfseal.verifier.proof.CheckLab.inside;
import static org.bpfseal.verifier.proof.CheckLab.signature;
import static org.bpfseal.verifier.proof.CheckLab.signer;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * RSA keys, numbers and blocks: crypto/rsa.c, crypto/rsassa-pkcs1.c. Each block and number is asked
 * for twice: behind a certificate in the message, where its errno shows, and by a key of the
 * keyring, where all become EKEYREJECTED.
 */
final class RsaRules {
  private static final String OK = "OK";
  private static final String INVALID = "EINVAL";
  private static final String BAD = "EBADMSG";
  private static final String REJECTED = "EKEYREJECTED";
  private static final int SIZE = 256;
  private static final RsaKey KEY = (RsaKey) RSA;
  private static final Bytes INFO =
      Encoding.of(RsaKey.digestInfo(Hash.SHA256, Hash.SHA256.of(PROGRAM)));
  private static final int SEPARATOR = SIZE - INFO.size() - 1;

  private RsaRules() {}

  static List<Ruled> all() {
    return Stream.of(layouts(), prefixes(), numbers(), sizes(), keys())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Ruled> value(String rule, String word, Bytes value) {
    return List.of(
        Ruled.message(
            "RSA: " + rule + ", certificate inside",
            inside(ROOT).changed(signature(value)),
            word,
            ROOT),
        Ruled.message(
            "RSA: " + rule + ", key in the keyring",
            by(signer(ROOT)).changed(signature(value)),
            word.equals(OK) ? OK : REJECTED,
            ROOT));
  }

  private static List<Ruled> flat(List<List<Ruled>> rows) {
    return rows.stream().flatMap(List::stream).toList();
  }

  private static List<Ruled> layouts() {
    return flat(
        List.of(
            block("good", block -> {}, OK),
            block("first octet 1", block -> block[0] = 1, INVALID),
            block("block type 0", block -> block[1] = 0, BAD),
            block("block type 2", block -> block[1] = 2, BAD),
            block("padding octet fe", block -> block[9] = (byte) 0xfe, BAD),
            block("first padding octet 0", block -> block[2] = 0, BAD),
            block("last padding octet fe", block -> block[SEPARATOR - 1] = (byte) 0xfe, BAD),
            block("no separator", block -> block[SEPARATOR] = (byte) 0xff, BAD),
            block("separator 1", block -> block[SEPARATOR] = 1, BAD),
            block("all padding", block -> Arrays.fill(block, 2, SIZE, (byte) 0xff), BAD),
            block("digest bit", block -> block[SIZE - 1] ^= 1, REJECTED),
            block("first digest bit", block -> block[SIZE - 32] ^= (byte) 0x80, REJECTED),
            block("digest length 31", block -> block[SIZE - 33] = 31, BAD),
            moved("seven octets of padding", 7, INFO, BAD),
            moved("eight octets of padding, garbage behind", 8, INFO, REJECTED),
            moved("eight octets of padding, nothing behind", 8, Bytes.EMPTY, BAD)));
  }

  private static List<Ruled> prefixes() {
    Bytes digest = Hash.SHA256.of(PROGRAM);
    Node noNull = Der.sequence(Der.algorithm(Hash.SHA256.oid), Der.octets(digest));
    return flat(
        List.of(
            ending("no DigestInfo", digest, BAD),
            ending("nothing", Bytes.EMPTY, BAD),
            ending("no NULL", Encoding.of(noNull), BAD),
            ending("other hash's name", info(Hash.SHA3_256, digest), BAD),
            ending("other hash's digest", info(Hash.SHA384, Hash.SHA384.of(PROGRAM)), BAD),
            ending("an octet behind", Bytes.concat(INFO, Bytes.of((byte) 0)), REJECTED),
            ending("an octet short", INFO.slice(0, INFO.size() - 1), REJECTED),
            ending("the prefix alone", INFO.slice(0, INFO.size() - 32), REJECTED),
            ending("half the prefix", INFO.slice(0, 10), BAD),
            ending("long form of a length", Bytes.concat(Bytes.hex("3081"), INFO.from(1)), BAD)));
  }

  private static Bytes info(Hash hash, Bytes digest) {
    return Encoding.of(RsaKey.digestInfo(hash, digest));
  }

  private static List<Ruled> block(String rule, Consumer<byte[]> change, String word) {
    byte[] block = RsaKey.block(INFO, SIZE);
    change.accept(block);
    return value(rule, word, KEY.power(block, SIZE));
  }

  private static List<Ruled> ending(String rule, Bytes end, String word) {
    return value(rule, word, KEY.power(RsaKey.block(end, SIZE), SIZE));
  }

  /** 00 01, so many octets of padding, 00, the end, zeros. */
  private static List<Ruled> moved(String rule, int padding, Bytes end, String word) {
    byte[] block = new byte[SIZE];
    block[1] = 1;
    Arrays.fill(block, 2, 2 + padding, (byte) 0xff);
    end.copyTo(block, 3 + padding);
    return value(rule, word, KEY.power(block, SIZE));
  }

  private static List<Ruled> number(String rule, BigInteger number) {
    return value(rule, INVALID, RsaKey.octets(number, SIZE));
  }

  private static List<Ruled> numbers() {
    Bytes good = KEY.sign(Hash.SHA256, PROGRAM, 0);
    BigInteger n = KEY.modulus();
    return flat(
        List.of(
            number("0", BigInteger.ZERO),
            number("1", BigInteger.ONE),
            number("modulus less 1", n.subtract(BigInteger.ONE)),
            number("modulus", n),
            number("modulus and 1", n.add(BigInteger.ONE)),
            number("all ones", BigInteger.ONE.shiftLeft(8 * SIZE).subtract(BigInteger.ONE)),
            value("no octets", INVALID, Bytes.EMPTY),
            value("an octet before", INVALID, Bytes.concat(Bytes.of((byte) 0), good)),
            value("an octet behind it", INVALID, Bytes.concat(good, Bytes.of((byte) 0))),
            value("first octet left out", INVALID, good.from(1))));
  }

  private static Ruled size(int bits, String word) {
    CertificateRecipe root = CertificateRecipe.root(KEYS.key("rsa " + bits + " 0"));
    return Ruled.certificate("RSA-" + bits + " signs itself", root, word);
  }

  private static List<Ruled> sizes() {
    List<Ruled> rows = new ArrayList<>();
    for (int bits : new int[] {512, 1024, 1536, 2047, 2048, 3072, 4096}) {
      rows.add(size(bits, OK));
    }
    for (int bits : new int[] {576, 768, 1984, 1985, 2040, 2049, 2112, 2560, 5120}) {
      rows.add(size(bits, INVALID));
    }
    rows.add(size(16392, "ENOMEM"));
    rows.add(hugeAndTrusted());
    rows.add(padded(1985));
    rows.add(padded(2040));
    return rows;
  }

  /** No memory for it, which even the trust step doesn't turn into EKEYREJECTED. */
  private static Ruled hugeAndTrusted() {
    Node huge = info(Der.sequence(Der.integer(BigInteger.ONE.shiftLeft(16384)), Der.integer(3)));
    Certificate leaf = CertificateRecipe.issuedBy(ROOT, CheckLab.OTHER_RSA).publicKey(huge).make();
    return Ruled.message("RSA key of 16385 bits, trusted", by(signer(leaf)), "ENOMEM", leaf);
  }

  /** As many octets as whole limbs have, for a block that is too short for them. */
  private static Ruled padded(int bits) {
    RsaKey key = (RsaKey) KEYS.key("rsa " + bits + " 0");
    Node tree = CertificateRecipe.root(key).make().tree();
    Node signature =
        Node.of(
            Der.BIT_STRING,
            all -> {
              Bytes number = key.sign(Hash.SHA256, all.element(tree.nodes().getFirst().label()), 0);
              Bytes zeros = Bytes.owning(new byte[1 + SIZE - number.size()]);
              return Bytes.concat(zeros, number);
            });
    Node whole = tree.with(CheckLab.replaced(tree.nodes(), 2, signature));
    return Ruled.certificate("RSA-" + bits + ", padded signature", Encoding.of(whole), BAD);
  }

  private static Node info(Node publicKey) {
    return Der.sequence(Der.algorithmWithNull("1.2.840.113549.1.1.1"), Der.bits(publicKey));
  }

  private static Ruled key(String rule, String word, Node publicKey) {
    return Ruled.certificate(
        "RSA key: " + rule, CertificateRecipe.root(RSA).publicKey(info(publicKey)), word);
  }

  private static Ruled key(String rule, String word, Bytes n, Bytes e) {
    return key(rule, word, Der.sequence(Node.of(Der.INTEGER, n), Node.of(Der.INTEGER, e)));
  }

  private static List<Ruled> keys() {
    Bytes n = RsaKey.octets(KEY.modulus(), SIZE);
    Bytes e = RsaKey.octets(KEY.exponent(), 3);
    Bytes zero = Bytes.of((byte) 0);
    Bytes limit = RsaKey.octets(BigInteger.ONE.shiftLeft(16383), 2048);
    Node usual = Der.sequence(Node.of(Der.INTEGER, n), Node.of(Der.INTEGER, e));
    Node number = Node.of(Der.INTEGER, n);
    return List.of(
        key("no sign octet", OK, n, e),
        key("zeros before modulus", OK, Bytes.concat(zero, zero, n), e),
        key("exponent as long as modulus", OK, n, RsaKey.octets(KEY.exponent(), SIZE)),
        key("exponent longer than modulus", INVALID, n, RsaKey.octets(KEY.exponent(), SIZE + 1)),
        key("empty modulus", INVALID, Bytes.EMPTY, e),
        key("empty exponent", INVALID, n, Bytes.EMPTY),
        key("modulus 0", INVALID, Bytes.concat(zero, zero, zero), e),
        key("modulus of 16384 bits", INVALID, limit, e),
        key("modulus of 16385 bits", "ENOMEM", Bytes.concat(Bytes.of((byte) 1), limit), e),
        key("modulus alone", BAD, Der.sequence(number)),
        key("three numbers", BAD, Der.sequence(number, number, number)),
        key("a SET", BAD, usual.tagged(Der.SET)),
        key("indefinite length", OK, usual.sized(new Node.Length.Indefinite())));
  }
}
