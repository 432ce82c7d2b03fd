// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bpfseal.verifier.Check;
import org.bpfseal.verifier.CryptoModule;
import org.bpfseal.verifier.KernelFeature;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.KernelRelease;
import org.bpfseal.verifier.Place;
import org.bpfseal.verifier.Refusal;
import org.bpfseal.verifier.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which scheme, hash and key go together, and RSA's ranges: errnos alone would not tell. */
class SignatureCheckTest {
  private static final Place PLACE = KeyStrengthTest.PLACE;

  private static final BigInteger E = BigInteger.valueOf(65537);
  private static final BigInteger N = BigInteger.ONE.shiftLeft(2048).subtract(BigInteger.TWO);
  private static final int SIZE = 256;
  private static final KernelProfile ALL = all(false);
  private static final KernelProfile FIPS = all(true);

  private static KernelProfile all(boolean fips) {
    KernelProfile.Builder builder =
        KernelProfile.debianCloud(KernelRelease.series(7, 3)).toBuilder();
    Arrays.stream(CryptoModule.values()).forEach(builder::module);
    return fips ? builder.with(KernelFeature.FIPS).build() : builder.build();
  }

  private static Check refused(
      KernelProfile profile, PublicKey key, SignatureScheme scheme, Optional<HashAlgorithm> hash) {
    return refused(
        profile, key, new SignedValue(scheme, hash, Optional.of(Bytes.EMPTY), Bytes.EMPTY, PLACE));
  }

  private static Check refused(KernelProfile profile, PublicKey key, SignedValue value) {
    return catchThrowableOfType(Refusal.class, () -> SignatureCheck.verify(profile, key, value))
        .finding()
        .check();
  }

  static Stream<Arguments> pairs() {
    return Arrays.stream(SignatureScheme.values())
        .flatMap(
            scheme -> Arrays.stream(KeyAlgorithm.values()).map(key -> Arguments.of(scheme, key)));
  }

  /** The names are the kernel's: "ecdsa" goes with any curve, others with themselves. */
  @ParameterizedTest
  @MethodSource("pairs")
  void schemeAndKey(SignatureScheme scheme, KeyAlgorithm algorithm) {
    boolean fits =
        scheme.toString().equals("ecdsa")
            ? algorithm.toString().startsWith("ecdsa-nist-p")
            : algorithm.toString().equals(scheme.toString());
    assertThat(scheme.fits(algorithm)).isEqualTo(fits);
    if (!fits) {
      PublicKey key = new PublicKey(algorithm, Bytes.EMPTY, Bytes.EMPTY, false, PLACE, PLACE);
      assertThat(refused(ALL, key, scheme, Optional.empty()))
          .isEqualTo(Check.KEY_ALGORITHM_DIFFERS);
    }
  }

  @Test
  void namesAreTheKernels() {
    assertThat(SignatureScheme.values())
        .extracting(SignatureScheme::toString)
        .containsExactly("rsa", "ecdsa", "ecrdsa", "mldsa44", "mldsa65", "mldsa87");
    assertThat(HashAlgorithm.values())
        .extracting(HashAlgorithm::kernelName)
        .containsExactly(
            "sha1",
            "sha224",
            "sha256",
            "sha384",
            "sha512",
            "sha3-256",
            "sha3-384",
            "sha3-512",
            "sm3",
            "streebog256",
            "streebog512");
    assertThat(HashAlgorithm.SM3).hasToString("sm3");
    assertThat(KeyAlgorithm.ECDSA_P521).hasToString("ecdsa-nist-p521");
  }

  /** RSA and ECDSA: SHA-1, -2, -3. EC-RDSA: Streebog. ML-DSA: none or SHA-512. */
  @ParameterizedTest
  @CsvSource({
    "RSA, RSA, sha1 sha224 sha256 sha384 sha512 sha3-256 sha3-384 sha3-512",
    "ECDSA, ECDSA_P192, sha1 sha224 sha256 sha384 sha512 sha3-256 sha3-384 sha3-512",
    "ECDSA, ECDSA_P521, sha1 sha224 sha256 sha384 sha512 sha3-256 sha3-384 sha3-512",
    "ECRDSA, ECRDSA, streebog256 streebog512",
    "MLDSA_44, MLDSA_44, none sha512",
    "MLDSA_65, MLDSA_65, none sha512",
    "MLDSA_87, MLDSA_87, none sha512",
  })
  void hashAndKey(SignatureScheme scheme, KeyAlgorithm algorithm, String fitting) {
    Set<String> names = Set.of(fitting.split(" ", -1));
    PublicKey key = new PublicKey(algorithm, Bytes.EMPTY, Bytes.EMPTY, false, PLACE, PLACE);
    assertThat(refused(ALL, key, scheme, Optional.empty()) == Check.KEY_DIGEST_UNFIT)
        .isEqualTo(!names.contains("none"));
    for (HashAlgorithm hash : EnumSet.allOf(HashAlgorithm.class)) {
      assertThat(refused(ALL, key, scheme, Optional.of(hash)) == Check.KEY_DIGEST_UNFIT)
          .as(hash.toString())
          .isEqualTo(!names.contains(hash.toString()));
    }
  }

  @Test
  void theRefusalNamesTheHash() {
    PublicKey key = new PublicKey(KeyAlgorithm.RSA, Bytes.EMPTY, Bytes.EMPTY, false, PLACE, PLACE);
    SignedValue none =
        new SignedValue(
            SignatureScheme.RSA, Optional.empty(), Optional.empty(), Bytes.EMPTY, PLACE);
    Refusal refusal =
        catchThrowableOfType(Refusal.class, () -> SignatureCheck.verify(ALL, key, none));
    assertThat(refusal.finding().values()).containsExactly("none", "rsa");
  }

  private static SignedValue number(BigInteger s) {
    byte[] octets = new byte[SIZE];
    byte[] minimal = s.toByteArray();
    int sign = minimal.length > SIZE ? 1 : 0;
    System.arraycopy(minimal, sign, octets, SIZE - minimal.length + sign, minimal.length - sign);
    return new SignedValue(
        SignatureScheme.RSA,
        Optional.of(HashAlgorithm.SHA256),
        Optional.of(Bytes.owning(new byte[32])),
        Bytes.owning(octets),
        PLACE);
  }

  /** crypto/rsa.c: 1 &lt; s &lt; n - 1. */
  @Test
  void range() {
    PublicKey key = KeyStrengthTest.rsa(N, E);
    for (BigInteger bad :
        new BigInteger[] {BigInteger.ZERO, BigInteger.ONE, N.subtract(BigInteger.ONE), N}) {
      assertThat(refused(ALL, key, number(bad))).isEqualTo(Check.RSA_RANGE);
    }
    for (BigInteger good : new BigInteger[] {BigInteger.TWO, N.subtract(BigInteger.TWO)}) {
      assertThat(refused(ALL, key, number(good))).isNotEqualTo(Check.RSA_RANGE);
    }
  }

  /** crypto/rsa.c, rsa_check_exponent_fips(): odd, above 2^16, below 2^256. */
  @Test
  void exponentsInFipsMode() {
    BigInteger large = BigInteger.ONE.shiftLeft(256);
    BigInteger[] bad = {
      BigInteger.ONE,
      BigInteger.valueOf(3),
      BigInteger.valueOf(65535),
      BigInteger.valueOf(65536),
      BigInteger.valueOf(65538),
      large,
      large.add(BigInteger.ONE)
    };
    for (BigInteger e : bad) {
      assertThat(refused(FIPS, KeyStrengthTest.rsa(N, e), number(BigInteger.ONE)))
          .as(e.toString())
          .isEqualTo(Check.RSA_EXPONENT);
      assertThat(refused(ALL, KeyStrengthTest.rsa(N, e), number(BigInteger.ONE)))
          .isEqualTo(Check.RSA_RANGE);
    }
    BigInteger[] good = {
      E, large.subtract(BigInteger.ONE), large.shiftRight(1).add(BigInteger.ONE)
    };
    for (BigInteger e : good) {
      assertThat(refused(FIPS, KeyStrengthTest.rsa(N, e), number(BigInteger.ONE)))
          .as(e.toString())
          .isEqualTo(Check.RSA_RANGE);
    }
  }

  /**
   * crypto/rsa_helper.c, rsa_get_n(): in FIPS mode a modulus of less than 256 octets, leading zeros
   * apart, is refused where it is read, so before an exponent that is missing.
   */
  @ParameterizedTest
  @CsvSource({
    "256, RSA_INTEGERS",
    "257, RSA_INTEGERS",
    "255, RSA_SIZE",
    "1, RSA_SIZE",
    "0, RSA_SIZE"
  })
  void modulusInFipsMode(int octets, Check check) {
    byte[] modulus = new byte[octets + 2];
    Arrays.fill(modulus, 2, modulus.length, (byte) 0xff);
    Bytes numbers =
        Bytes.concat(
            KeyStrengthTest.element(0x02, Bytes.owning(modulus)),
            KeyStrengthTest.element(0x02, Bytes.EMPTY));
    PublicKey key =
        new PublicKey(
            KeyAlgorithm.RSA,
            KeyStrengthTest.element(0x30, numbers),
            Bytes.EMPTY,
            false,
            PLACE,
            PLACE);
    assertThat(refused(FIPS, key, number(E))).isEqualTo(check);
    assertThat(refused(ALL, key, number(E))).isEqualTo(Check.RSA_INTEGERS);
  }

  @Test
  void theRefusalTellsTheSizeOfAShortModulus() {
    PublicKey key = KeyStrengthTest.rsa(BigInteger.ONE.shiftLeft(1023), E);
    Refusal refusal =
        catchThrowableOfType(
            Refusal.class, () -> SignatureCheck.verify(FIPS, key, number(BigInteger.TWO)));
    assertThat(refusal.finding().check()).isEqualTo(Check.RSA_SIZE);
    assertThat(refusal.finding().values()).containsExactly("1024");
  }
}
