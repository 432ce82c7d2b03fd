// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.crypto;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * What stands before the digest in an RSASSA-PKCS1-v1_5 block: the DER of DigestInfo with NULL
 * parameters, up to the digest. RFC 8017, section 9.2; for SHA-3, RFC 9688.
 */
final class DigestInfo {
  private static final Map<HashAlgorithm, Bytes> PREFIXES = prefixes();

  private DigestInfo() {}

  /**
   * Absent for a hash that the kernel can't put into an RSA block, which are those unfit for ECDSA.
   */
  static Optional<Bytes> prefix(HashAlgorithm hash) {
    return Optional.ofNullable(PREFIXES.get(hash));
  }

  private static Map<HashAlgorithm, Bytes> prefixes() {
    Map<HashAlgorithm, Bytes> all = new EnumMap<>(HashAlgorithm.class);
    all.put(HashAlgorithm.SHA1, prefix(HashAlgorithm.SHA1, "2b0e03021a"));
    all.put(HashAlgorithm.SHA224, prefix(HashAlgorithm.SHA224, "608648016503040204"));
    all.put(HashAlgorithm.SHA256, prefix(HashAlgorithm.SHA256, "608648016503040201"));
    all.put(HashAlgorithm.SHA384, prefix(HashAlgorithm.SHA384, "608648016503040202"));
    all.put(HashAlgorithm.SHA512, prefix(HashAlgorithm.SHA512, "608648016503040203"));
    all.put(HashAlgorithm.SHA3_256, prefix(HashAlgorithm.SHA3_256, "608648016503040208"));
    all.put(HashAlgorithm.SHA3_384, prefix(HashAlgorithm.SHA3_384, "608648016503040209"));
    all.put(HashAlgorithm.SHA3_512, prefix(HashAlgorithm.SHA3_512, "60864801650304020a"));
    return Collections.unmodifiableMap(all);
  }

  private static Bytes prefix(HashAlgorithm hash, String oid) {
    int oidLength = oid.length() / 2;
    String digits =
        "30%02x30%02x06%02x%s050004%02x"
            .formatted(oidLength + 8 + hash.size(), oidLength + 4, oidLength, oid, hash.size());
    return Bytes.hex(digits);
  }
}
