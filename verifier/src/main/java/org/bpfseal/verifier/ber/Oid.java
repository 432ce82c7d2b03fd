// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.ber;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * The object identifiers that change what the kernel does. They are known by their exact contents
 * octets; a padded form is another identifier. include/linux/oid_registry.h at 7.3.4.
 */
public enum Oid {
  SIGNED_DATA("1.2.840.113549.1.7.2"),
  DATA("1.2.840.113549.1.7.1"),
  MS_INDIRECT_DATA("1.3.6.1.4.1.311.2.1.4"),
  CONTENT_TYPE("1.2.840.113549.1.9.3"),
  MESSAGE_DIGEST("1.2.840.113549.1.9.4"),
  SIGNING_TIME("1.2.840.113549.1.9.5"),
  SMIME_CAPABILITIES("1.2.840.113549.1.9.15"),
  MS_STATEMENT_TYPE("1.3.6.1.4.1.311.2.1.11"),
  MS_SP_OPUS_INFO("1.3.6.1.4.1.311.2.1.12"),
  SHA1("1.3.14.3.2.26"),
  SHA224("2.16.840.1.101.3.4.2.4"),
  SHA256("2.16.840.1.101.3.4.2.1"),
  SHA384("2.16.840.1.101.3.4.2.2"),
  SHA512("2.16.840.1.101.3.4.2.3"),
  SHA3_256("2.16.840.1.101.3.4.2.8"),
  SHA3_384("2.16.840.1.101.3.4.2.9"),
  SHA3_512("2.16.840.1.101.3.4.2.10"),
  SM3("1.2.156.10197.1.401"),
  STREEBOG_256("1.2.643.7.1.1.2.2"),
  STREEBOG_512("1.2.643.7.1.1.2.3"),
  RSA_ENCRYPTION("1.2.840.113549.1.1.1"),
  RSA_SHA1("1.2.840.113549.1.1.5"),
  RSA_SHA224("1.2.840.113549.1.1.14"),
  RSA_SHA256("1.2.840.113549.1.1.11"),
  RSA_SHA384("1.2.840.113549.1.1.12"),
  RSA_SHA512("1.2.840.113549.1.1.13"),
  RSA_SHA3_256("2.16.840.1.101.3.4.3.14"),
  RSA_SHA3_384("2.16.840.1.101.3.4.3.15"),
  RSA_SHA3_512("2.16.840.1.101.3.4.3.16"),
  EC_PUBLIC_KEY("1.2.840.10045.2.1"),
  P192("1.2.840.10045.3.1.1"),
  P256("1.2.840.10045.3.1.7"),
  P384("1.3.132.0.34"),
  P521("1.3.132.0.35"),
  ECDSA_SHA1("1.2.840.10045.4.1"),
  ECDSA_SHA224("1.2.840.10045.4.3.1"),
  ECDSA_SHA256("1.2.840.10045.4.3.2"),
  ECDSA_SHA384("1.2.840.10045.4.3.3"),
  ECDSA_SHA512("1.2.840.10045.4.3.4"),
  ECDSA_SHA3_256("2.16.840.1.101.3.4.3.10"),
  ECDSA_SHA3_384("2.16.840.1.101.3.4.3.11"),
  ECDSA_SHA3_512("2.16.840.1.101.3.4.3.12"),
  GOST_KEY_256("1.2.643.7.1.1.1.1"),
  GOST_KEY_512("1.2.643.7.1.1.1.2"),
  GOST_SIGNATURE_256("1.2.643.7.1.1.3.2"),
  GOST_SIGNATURE_512("1.2.643.7.1.1.3.3"),
  GOST_CP_A("1.2.643.2.2.35.1"),
  GOST_CP_B("1.2.643.2.2.35.2"),
  GOST_CP_C("1.2.643.2.2.35.3"),
  GOST_TC26_256_A("1.2.643.7.1.2.1.1.1"),
  GOST_TC26_256_B("1.2.643.7.1.2.1.1.2"),
  GOST_TC26_256_C("1.2.643.7.1.2.1.1.3"),
  GOST_TC26_256_D("1.2.643.7.1.2.1.1.4"),
  GOST_TC26_512_A("1.2.643.7.1.2.1.2.1"),
  GOST_TC26_512_B("1.2.643.7.1.2.1.2.2"),
  GOST_TC26_512_C("1.2.643.7.1.2.1.2.3"),
  MLDSA_44("2.16.840.1.101.3.4.3.17"),
  MLDSA_65("2.16.840.1.101.3.4.3.18"),
  MLDSA_87("2.16.840.1.101.3.4.3.19"),
  COMMON_NAME("2.5.4.3"),
  ORGANIZATION("2.5.4.10"),
  EMAIL("1.2.840.113549.1.9.1"),
  SUBJECT_KEY_IDENTIFIER("2.5.29.14"),
  KEY_USAGE("2.5.29.15"),
  BASIC_CONSTRAINTS("2.5.29.19"),
  AUTHORITY_KEY_IDENTIFIER("2.5.29.35");

  private static final Map<Bytes, Oid> BY_CONTENTS = byContents();

  private final String dotted;

  Oid(String dotted) {
    this.dotted = dotted;
  }

  private static Map<Bytes, Oid> byContents() {
    Map<Bytes, Oid> all = new HashMap<>();
    for (Oid oid : values()) {
      all.put(OidText.contents(oid.dotted), oid);
    }
    return Collections.unmodifiableMap(all);
  }

  /** The identifier with these contents octets, if it matters to the kernel. */
  public static Optional<Oid> of(Bytes contents) {
    return Optional.ofNullable(BY_CONTENTS.get(contents));
  }

  /** Dotted decimal text. */
  public String dotted() {
    return dotted;
  }
}
