// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.ber;

import static org.assertj.core.api.Assertions.assertThat;

import org.bpfseal.verifier.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** X.690, section 8.19; the encodings are openssl's ({@code openssl asn1parse -genstr OID:…}). */
class OidTextTest {
  @ParameterizedTest
  @CsvSource({
    "0.0, 00",
    "0.39, 27",
    "1.0, 28",
    "1.39, 4f",
    "2.0, 50",
    "2.40, 78",
    "2.47, 7f",
    "2.48, 8100",
    "2.999.1, 883701",
    "1.2.127.128, 2a7f8100",
    "1.2.16383.16384, 2aff7f818000",
    "1.2.2097151.2097152, 2affff7f81808000",
    "1.2.268435455.268435456, 2affffff7f8180808000",
    "1.2.840.113549.1.7.2, 2a864886f70d010702",
    "2.16.840.1.101.3.4.2.1, 608648016503040201",
    "1.3.6.1.4.1.311.2.1.4, 2b060104018237020104",
  })
  void textAndContents(String dotted, String contents) {
    assertThat(OidText.of(Bytes.hex(contents))).isEqualTo(dotted);
    assertThat(OidText.contents(dotted)).isEqualTo(Bytes.hex(contents));
  }

  @ParameterizedTest
  @CsvSource({
    "'', an empty OID",
    "80, OID 1 bytes 80",
    "2a80, OID 2 bytes 2a80",
    "2affffffffffffffff7f, 1.2.9223372036854775807",
    "2a8180808080808080807f, OID 11 bytes 2a8180808080808080807f",
    "2a81ffffffffffffffff7f, OID 11 bytes 2a81ffffffffffffffff7f",
  })
  void oddContents(String contents, String text) {
    assertThat(OidText.of(Bytes.hex(contents))).isEqualTo(text);
  }

  @Test
  void longOnesAreShownInHex() {
    String longest = "2a" + "01".repeat(31);
    assertThat(OidText.of(Bytes.hex(longest))).isEqualTo("1.2" + ".1".repeat(31));
    assertThat(OidText.of(Bytes.hex(longest + "01"))).startsWith("OID 33 bytes 2a0101");
  }

  /** include/linux/oid_registry.h. */
  @ParameterizedTest
  @CsvSource({
    "1.2.840.10030.4.3, true",
    "1.2.840.113549.1.7.2, true",
    "2.5.4.6, true",
    "2.23.133.10.1.5, true",
    "2.5.4.5, false",
    "1.2.3, false",
  })
  void theRegistryHas(String dotted, boolean has) {
    assertThat(OidRegistry.has(OidText.contents(dotted))).isEqualTo(has);
  }

  @Test
  void namesAreKnownByTheirExactContents() {
    assertThat(Oid.of(Bytes.hex("2a864886f70d010702"))).contains(Oid.SIGNED_DATA);
    assertThat(Oid.of(Bytes.hex("2a80864886f70d010702"))).isEmpty();
    assertThat(Oid.of(Bytes.EMPTY)).isEmpty();
    assertThat(Oid.of(OidRegistry.FIRST)).isEmpty();
    assertThat(Oid.SIGNED_DATA.dotted()).isEqualTo("1.2.840.113549.1.7.2");
  }
}
