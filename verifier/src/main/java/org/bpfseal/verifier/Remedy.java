// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a signer, or whoever loads, has to change so that a check passes. */
public enum Remedy {
  NEWER_KERNEL("signatures need kernel 6.18 or newer", Check.LOAD_ATTRIBUTES_UNKNOWN),
  FIX_LOAD(
      "correct the load itself; the signature was not looked at",
      Check.LOAD_INSN_COUNT,
      Check.LOAD_INSN_HALF,
      Check.LOAD_FD_ARRAY_MISSING,
      Check.LOAD_FD_ARRAY_LONG,
      Check.LOAD_FD_NOT_OPEN,
      Check.LOAD_FD_NO_MAP,
      Check.LOAD_FD_IS_BTF,
      Check.LOAD_MAPS_MANY,
      Check.LOAD_FD_ARRAY_UNREADABLE,
      Check.KFUNC_CONTENT_LONG),
  FIX_MAP(
      "bind one frozen, exclusive array map with a single entry, exclusive to these instructions",
      Check.LOAD_MAP_OTHERS,
      Check.LOAD_MAP_TYPE,
      Check.LOAD_MAP_NOT_FROZEN,
      Check.LOAD_MAP_WRITTEN,
      Check.LOAD_MAP_NOT_EXCLUSIVE,
      Check.LOAD_PAYLOAD_LONG,
      Check.LOAD_MAP_ENTRIES),
  OTHER_FORM(
      "this form is for another generation of kernels; bpf-sign sign makes both",
      Check.LOAD_MAP_BY_FD,
      Check.LOAD_MAP_UNBOUND,
      Check.LOAD_BTF_USE),
  SMALLER_SIGNATURE(
      "leave out certificates and attributes; the signature has to fit",
      Check.LOAD_SIGNATURE_LONG,
      Check.BER_LONG,
      Check.FSVERITY_LONG),
  SIGN(
      "sign it",
      Check.LOAD_SIGNATURE_EMPTY,
      Check.MODULE_UNSIGNED,
      Check.MODULE_ENFORCED,
      Check.MODULE_LOCKDOWN,
      Check.FSVERITY_UNSIGNED),
  FIX_KEYRING(
      "name a keyring that exists and is valid",
      Check.LOAD_KEYRING,
      Check.KEYRING_INVALIDATED,
      Check.KEYRING_REVOKED,
      Check.KEYRING_EXPIRED,
      Check.PLATFORM_ABSENT,
      Check.KEYRING_READ_ONLY,
      Check.KEYRING_CLOSED,
      Check.STALE_REVOKED,
      Check.STALE_EXPIRED,
      Check.FSVERITY_NO_KEYS),
  OTHER_KERNEL(
      "use a kernel with this built in or its module loaded, or other algorithms",
      Check.VERIFICATION_NOT_BUILT,
      Check.DIGEST_NOT_BUILT,
      Check.KEY_ALGORITHM_NOT_BUILT,
      Check.RSA_NO_DIGEST,
      Check.RESTRICTION_NO_SIGNATURE),
  ENCODE_AGAIN(
      "the bytes are damaged or oddly encoded; make them again as plain DER",
      Check.BER_OVERRUN,
      Check.BER_LONG_TAG,
      Check.BER_TAG,
      Check.BER_LENGTH_OCTETS,
      Check.BER_INDEFINITE_PRIMITIVE,
      Check.BER_END_OF_CONTENTS,
      Check.BER_LEFTOVER,
      Check.EC_INTEGER,
      Check.EC_RANGE,
      Check.GOST_LENGTH,
      Check.GOST_RANGE,
      Check.MLDSA_ENCODING,
      Check.RSA_SIGNATURE_LENGTH,
      Check.RSA_RANGE),
  PLAIN_CMS(
      "make a detached CMS SignedData with the content type data, of version 1 or 3",
      Check.MESSAGE_TYPE,
      Check.MESSAGE_VERSION,
      Check.MESSAGE_CONTENT_TYPE,
      Check.MESSAGE_NO_SIGNER,
      Check.SIGNER_VERSION,
      Check.SIGNER_VERSION_MISMATCH,
      Check.SIGNER_ID_EMPTY,
      Check.MESSAGE_CERTIFICATE_TAG,
      Check.CONTENT_ATTACHED,
      Check.USAGE_CONTENT_TYPE,
      Check.AUTHENTICODE_ATTRIBUTES),
  NO_ATTRIBUTES(
      "sign without signed attributes, or at least without S/MIME capabilities",
      Check.ATTRIBUTE_REPEATED,
      Check.ATTRIBUTE_CONTENT_TYPE,
      Check.ATTRIBUTE_DIGEST_TAG,
      Check.ATTRIBUTE_AUTHENTICODE,
      Check.ATTRIBUTE_MISSING,
      Check.MESSAGE_MIXED_ATTRIBUTES,
      Check.USAGE_ATTRIBUTES,
      Check.USAGE_NO_ATTRIBUTES,
      Check.DIGEST_LENGTH),
  OTHER_ALGORITHM(
      "sign with rsaEncryption (PKCS#1 v1.5) or ECDSA, and SHA-256, SHA-384 or SHA-512",
      Check.SIGNER_DIGEST_UNKNOWN,
      Check.SIGNER_ALGORITHM_UNKNOWN,
      Check.KEY_ALGORITHM_DIFFERS,
      Check.KEY_DIGEST_UNFIT),
  OTHER_CERTIFICATE(
      "issue the certificate again in a form that the kernel reads, with a key that it takes",
      Check.CERTIFICATE_ALGORITHM,
      Check.CERTIFICATE_TIME,
      Check.CERTIFICATE_KEY_ALGORITHM,
      Check.CERTIFICATE_KEY_PARAMETERS,
      Check.CERTIFICATE_KEY_PADDING,
      Check.CERTIFICATE_SKID,
      Check.CERTIFICATE_SKID_REPEATED,
      Check.CERTIFICATE_KEY_USAGE,
      Check.CERTIFICATE_CONSTRAINTS,
      Check.CERTIFICATE_ALGORITHMS_DIFFER,
      Check.CERTIFICATE_SIGNATURE_PADDING,
      Check.CERTIFICATE_SELF_ISSUER,
      Check.KEY_PAYLOAD_LONG,
      Check.KEY_PAYLOAD_EMPTY,
      Check.RESTRICTION_NOT_CA,
      Check.RESTRICTION_NOT_DIGSIG,
      Check.RSA_INTEGERS,
      Check.RSA_HUGE,
      Check.RSA_SIZE,
      Check.RSA_EXPONENT,
      Check.EC_KEY,
      Check.GOST_CURVE_UNKNOWN,
      Check.GOST_DIGEST,
      Check.GOST_KEY_SIZE,
      Check.GOST_KEY_POINT,
      Check.MLDSA_KEY_LENGTH),
  OTHER_KEY(
      "this key or certificate is withdrawn; sign with another one",
      Check.KEY_BLACKLISTED,
      Check.CHAIN_BLACKLISTED,
      Check.REVOKED,
      Check.MODULE_BLACKLISTED),
  ADD_KEY(
      "put the signer's certificate into the keyring, or sign with a key that is in it",
      Check.SIGNER_UNKNOWN,
      Check.ROOT_UNKNOWN,
      Check.SIGNER_KEY_SKID,
      Check.RESTRICTION_NO_ISSUER,
      Check.RESTRICTION_NOT_BUILTIN,
      Check.RESTRICTION_CA_KEY),
  SIGN_AGAIN(
      "what was signed is not what is here, or another key signed it; sign it again",
      Check.DIGEST_DIFFERS,
      Check.SIGNING_TIME,
      Check.CHAIN_SKID,
      Check.RSA_FIRST_OCTET,
      Check.RSA_PADDING,
      Check.RSA_DIGEST,
      Check.EC_SIGNATURE,
      Check.GOST_SIGNATURE,
      Check.MLDSA_SIGNATURE,
      Check.TRUST_SIGNATURE,
      Check.LOADER_BLOB),
  FIX_TRAILER(
      "append the trailer again; bpf-sign sign --as module makes it",
      Check.MODULE_TRUNCATED,
      Check.MODULE_ID_TYPE,
      Check.MODULE_FIELDS);

  private static final Map<Check, Remedy> BY_CHECK = byCheck();

  private final String text;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<Check> checks;

  Remedy(String text, Check... checks) {
    this.text = text;
    this.checks = List.of(checks);
  }

  /** What to change: lower case, no full stop. */
  public String text() {
    return text;
  }

  /** The checks that it is for. */
  public List<Check> checks() {
    return checks;
  }

  private static Map<Check, Remedy> byCheck() {
    Map<Check, Remedy> all = new EnumMap<>(Check.class);
    for (Remedy remedy : values()) {
      for (Check check : remedy.checks) {
        all.put(check, remedy);
      }
    }
    return Collections.unmodifiableMap(all);
  }

  static Remedy of(Check check) {
    Remedy remedy = BY_CHECK.get(check);
    if (remedy == null) {
      throw new AssertionError("no remedy for " + check);
    }
    return remedy;
  }
}
