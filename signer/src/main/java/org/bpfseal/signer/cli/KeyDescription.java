// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bpfseal.signer.key.SigningCertificate;
import org.bpfseal.signer.key.SigningKey;
import org.bpfseal.signer.key.tink.KeysetFile;
import org.bpfseal.signer.key.tink.Protection;
import org.bpfseal.signer.key.tink.WrappedKey;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/** What can be said of a key without showing it, as the fields of an answer. */
final class KeyDescription {
  private KeyDescription() {}

  /** Of a wrapped key or a keyset; nothing for another file. */
  static Optional<Map<String, Object>> ofFile(Bytes file) throws FormatException {
    Map<String, Object> answer = new LinkedHashMap<>();
    if (WrappedKey.isOne(file)) {
      WrappedKey key = WrappedKey.read(file);
      answer.put("kind", "wrapped key");
      answer.put("purpose", key.purpose());
      answer.put("publicKeySha256", key.publicKeySha256().toHex());
      answer.put("wrappedWithKey", key.keyId());
      return Optional.of(answer);
    }
    if (KeysetFile.isOne(file)) {
      answer.put("kind", "keyset");
      answer.put("protection", describe(KeysetFile.read(file).protection()));
      return Optional.of(answer);
    }
    return Optional.empty();
  }

  static Map<String, Object> of(SigningKey key, Optional<SigningCertificate> beside) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("kind", "key");
    answer.put("algorithm", key.publicKey().describe());
    answer.put("publicKeySha256", key.publicKey().sha256().toHex());
    beside.ifPresent(
        certificate -> {
          answer.put("certificate", certificate.subject());
          answer.put("skid", certificate.skid().toHex());
          answer.put("notAfter", certificate.notAfter().toString());
        });
    return answer;
  }

  private static String describe(Protection protection) {
    return switch (protection) {
      case Protection.Password password -> "password";
      case Protection.Kms kms -> kms.uri();
      case Protection.None none -> "none";
    };
  }
}
