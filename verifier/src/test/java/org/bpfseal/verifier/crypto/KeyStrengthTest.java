// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.bpfseal.verifier.Place;
import org.bpfseal.verifier.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** NIST SP 800-131A revision 2: RSA from 2048 bits on, curves from 224 bits on. */
class KeyStrengthTest {
  static final Place PLACE = new Place("key", 0);

  static PublicKey rsa(BigInteger modulus, BigInteger exponent) {
    Bytes numbers = Bytes.concat(integer(modulus), integer(exponent));
    return new PublicKey(
        KeyAlgorithm.RSA, element(0x30, numbers), Bytes.EMPTY, false, PLACE, PLACE);
  }

  static Bytes integer(BigInteger value) {
    return element(0x02, Bytes.owning(value.toByteArray()));
  }

  static Bytes element(int tag, Bytes contents) {
    int size = contents.size();
    return Bytes.concat(
        Bytes.of((byte) tag, (byte) 0x82, (byte) (size >> 8), (byte) size), contents);
  }

  @ParameterizedTest
  @CsvSource({"512, true", "1024, true", "2047, true", "2048, false", "4096, false"})
  void rsa(int bits, boolean weak) {
    PublicKey key = rsa(BigInteger.ONE.shiftLeft(bits - 1), BigInteger.valueOf(65537));
    assertThat(KeyStrength.isWeak(key)).isEqualTo(weak);
    assertThat(KeyStrength.describe(key)).isEqualTo("RSA-" + bits);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "RSA")
  void ofTheOthersP192IsWeak(KeyAlgorithm algorithm) {
    PublicKey key = new PublicKey(algorithm, Bytes.EMPTY, Bytes.EMPTY, false, PLACE, PLACE);
    assertThat(KeyStrength.isWeak(key)).isEqualTo(algorithm == KeyAlgorithm.ECDSA_P192);
    assertThat(KeyStrength.describe(key)).isEqualTo(algorithm.toString());
  }

  @Test
  void anUnreadableKeyIsWeak() {
    PublicKey key =
        new PublicKey(KeyAlgorithm.RSA, Bytes.hex("3003"), Bytes.EMPTY, false, PLACE, PLACE);
    assertThat(KeyStrength.isWeak(key)).isTrue();
    assertThat(KeyStrength.describe(key)).isEqualTo("RSA-0");
  }
}
