// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.crypto;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * What stands before the digest in an RSASSA-PKCS1-v1_5 block: the DER of DigestInfo with NULL
 * parameters, up to the digest. RFC 8017, section 9.2; for SHA-3, RFC 9688.
 */
final class DigestInfo {
  private static final Map<HashAlgorithm, Bytes> PREFIXES = new EnumMap<>(HashAlgorithm.class);

  static {
    put(HashAlgorithm.SHA1, "2b0e03021a");
    put(HashAlgorithm.SHA224, "608648016503040204");
    put(HashAlgorithm.SHA256, "608648016503040201");
    put(HashAlgorithm.SHA384, "608648016503040202");
    put(HashAlgorithm.SHA512, "608648016503040203");
    put(HashAlgorithm.SHA3_256, "608648016503040208");
    put(HashAlgorithm.SHA3_384, "608648016503040209");
    put(HashAlgorithm.SHA3_512, "60864801650304020a");
  }

  private DigestInfo() {}

  /**
   * Absent for a hash that the kernel can't put into an RSA block, which are those unfit for ECDSA.
   */
  static Optional<Bytes> prefix(HashAlgorithm hash) {
    return Optional.ofNullable(PREFIXES.get(hash));
  }

  private static void put(HashAlgorithm hash, String oid) {
    int oidLength = oid.length() / 2;
    String digits =
        "30%02x30%02x06%02x%s050004%02x"
            .formatted(oidLength + 8 + hash.size(), oidLength + 4, oidLength, oid, hash.size());
    PREFIXES.put(hash, Bytes.hex(digits));
  }
}
