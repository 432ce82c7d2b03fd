// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import static org.bpfseal.verifier.Errno.*;
import static org.bpfseal.verifier.KernelFunction.*;

import java.util.List;
import java.util.Locale;

/**
 * Every check of the mirror, in the order in which the kernel makes them: load, message,
 * certificate, verification, key, trust. The facts were read from Linux 6.12.117, 7.2.13 and 7.3.4.
 *
 * <p>The first failing check decides. One condition that has two errnos, by version, is two checks.
 */
public enum Check {
  // The load itself, up to the signature.
  LOAD_ATTRIBUTES_UNKNOWN(E2BIG, LOAD_ATTRIBUTES, "this kernel knows no signature attributes"),
  LOAD_INSN_COUNT(E2BIG, LOAD, "%s instructions, the kernel takes 1 to 1000000"),
  LOAD_INSN_HALF(EINVAL, LOAD_INSNS, "instruction %s is half of a 16-byte load"),
  LOAD_FD_ARRAY_MISSING(EINVAL, LOAD_FD_ARRAY, "fd_array_cnt is %s but fd_array is null"),
  LOAD_FD_ARRAY_LONG(E2BIG, LOAD_FD_ARRAY, "fd_array_cnt is %s, 4096 is the most"),
  LOAD_FD_ARRAY_UNREADABLE(EFAULT, LOAD_FD_ARRAY, "fd_array can't be read"),
  LOAD_FD_NOT_OPEN(EBADF, LOAD_FD_ARRAY, "fd_array[%s] is not an open file"),
  LOAD_FD_NO_MAP(EINVAL, LOAD_FD_ARRAY, "fd_array[%s] is neither a map nor BTF"),
  LOAD_FD_IS_BTF(EACCES, LOAD_FD_ARRAY, "fd_array[%s] is BTF, which a signature can't cover"),
  LOAD_MAPS_MANY(E2BIG, LOAD_FD_ARRAY, "more than 64 maps are bound"),
  LOAD_MAP_OTHERS(EACCES, LOAD_MAP, "map %s is exclusive to another program"),
  LOAD_SIGNATURE_EMPTY(EINVAL, LOAD_SIGNATURE, "signature_size is 0"),
  LOAD_SIGNATURE_LONG(EINVAL, LOAD_SIGNATURE, "signature_size is %s, 8192 is the most"),
  LOAD_KEYRING(EINVAL, LOAD_SIGNATURE, "keyring_id %s names no keyring"),
  LOAD_MAP_TYPE(EINVAL, LOAD_SIGNATURE, "map %s is not a plain array"),
  LOAD_MAP_NOT_FROZEN(EPERM, LOAD_SIGNATURE, "map %s is not frozen"),
  LOAD_MAP_WRITTEN(EBUSY, LOAD_SIGNATURE, "map %s is being written"),
  LOAD_MAP_NOT_EXCLUSIVE(EPERM, LOAD_SIGNATURE, "map %s is not exclusive"),
  LOAD_PAYLOAD_LONG(E2BIG, LOAD_SIGNATURE, "the signature would cover %s bytes, 16777215 at most"),
  LOAD_MAP_ENTRIES(ENOTSUPP, LOAD_SIGNATURE, "map %s has %s entries, not 1"),
  KEYRING_INVALIDATED(ENOKEY, KEY_VALIDATE, "keyring %s is invalidated"),
  KEYRING_REVOKED(EKEYREVOKED, KEY_VALIDATE, "keyring %s is revoked"),
  KEYRING_EXPIRED(EKEYEXPIRED, KEY_VALIDATE, "keyring %s has expired"),
  KFUNC_CONTENT_LONG(E2BIG, KFUNC_CONTENT, "%s bytes of content, 16777215 at most"),
  VERIFICATION_NOT_BUILT(EOPNOTSUPP, KFUNC, "built without SYSTEM_DATA_VERIFICATION"),

  // The BER decoder, for messages, certificates, keys and ECDSA signatures.
  BER_LONG(EMSGSIZE, ASN1, "%s bytes, the decoder takes 65535"),
  BER_OVERRUN(EBADMSG, ASN1, "expected %s more bytes, found %s"),
  BER_LONG_TAG(EBADMSG, ASN1, "expected a tag number below 31, found %s"),
  BER_TAG(EBADMSG, ASN1, "expected tag %s, found %s"),
  BER_LENGTH_OCTETS(EBADMSG, ASN1, "expected at most %s length octets, found %s"),
  BER_INDEFINITE_PRIMITIVE(EBADMSG, ASN1, "indefinite length on the primitive tag %s"),
  BER_END_OF_CONTENTS(EBADMSG, ASN1, "expected the end-of-contents octets, found %s"),
  BER_LEFTOVER(EBADMSG, ASN1, "expected the end of the element, found %s more bytes"),

  // The message, as it is parsed.
  MESSAGE_TYPE(EINVAL, PKCS7_TYPE, "expected signedData, found %s"),
  MESSAGE_VERSION(EINVAL, PKCS7_VERSION, "expected SignedData version 1 or 3, found %s"),
  MESSAGE_CONTENT_TYPE(EINVAL, PKCS7_CONTENT, "expected content type data, found %s"),
  MESSAGE_CERTIFICATE_TAG(EBADMSG, PKCS7_CERTIFICATE, "expected a certificate, found tag %s"),
  SIGNER_VERSION(EINVAL, PKCS7_SIGNER_VERSION, "expected SignerInfo version 1 or 3, found %s"),
  SIGNER_VERSION_MISMATCH(
      EBADMSG, PKCS7_SIGNER_VERSION, "SignerInfo version %s inside SignedData version %s"),
  SIGNER_DIGEST_UNKNOWN(ENOPKG, PKCS7_DIGEST_ALGORITHM, "unknown digest algorithm %s"),
  SIGNER_ALGORITHM_UNKNOWN(ENOPKG, PKCS7_KEY_ALGORITHM, "not a signature algorithm here: %s"),
  ATTRIBUTE_REPEATED(EKEYREJECTED, PKCS7_ATTRIBUTE, "attribute %s has a second value"),
  ATTRIBUTE_CONTENT_TYPE(EBADMSG, PKCS7_ATTRIBUTE, "contentType is not that of the content"),
  ATTRIBUTE_DIGEST_TAG(EBADMSG, PKCS7_ATTRIBUTE, "messageDigest is no OCTET STRING but tag %s"),
  ATTRIBUTE_AUTHENTICODE(EKEYREJECTED, PKCS7_ATTRIBUTE, "attribute %s is for Authenticode only"),
  ATTRIBUTE_MISSING(EBADMSG, PKCS7_ATTRIBUTES, "signed attributes without %s"),
  AUTHENTICODE_ATTRIBUTES(EBADMSG, PKCS7_SIGNER, "Authenticode needs signed attributes"),
  MESSAGE_NO_SIGNER(EINVAL, PKCS7_CONSISTENCY, "nobody signed the message"),
  MESSAGE_MIXED_ATTRIBUTES(EINVAL, PKCS7_CONSISTENCY, "only some signers have signed attributes"),

  // A certificate, as it is parsed: inside a message or for add_key.
  CERTIFICATE_ALGORITHM(ENOPKG, X509_ALGORITHM, "unknown signature algorithm %s"),
  CERTIFICATE_TIME(EBADMSG, X509_TIME, "not a time that the kernel reads: %s"),
  CERTIFICATE_KEY_ALGORITHM(ENOPKG, X509_KEY, "unknown key algorithm or curve %s"),
  CERTIFICATE_KEY_PARAMETERS(EBADMSG, X509_KEY, "the key's parameters don't name a curve"),
  CERTIFICATE_KEY_PADDING(EBADMSG, X509_KEY, "the key's BIT STRING is no whole number of octets"),
  CERTIFICATE_SKID(EBADMSG, X509_EXTENSION, "subjectKeyIdentifier is malformed"),
  CERTIFICATE_SKID_REPEATED(EBADMSG, X509_EXTENSION, "a second subjectKeyIdentifier"),
  CERTIFICATE_KEY_USAGE(EBADMSG, X509_EXTENSION, "keyUsage is malformed"),
  CERTIFICATE_CONSTRAINTS(
      EBADMSG, X509_EXTENSION, "basicConstraints is neither empty nor begins with cA TRUE"),
  CERTIFICATE_ALGORITHMS_DIFFER(
      EINVAL, X509_SIGNATURE, "inside and outside name two signature algorithms"),
  CERTIFICATE_SIGNATURE_PADDING(
      EBADMSG, X509_SIGNATURE, "the signature's BIT STRING is no whole number of octets"),
  CERTIFICATE_SELF_ISSUER(
      EKEYREJECTED, X509_SELF_SIGNED, "of its own two authority key ids only one is its own"),

  // add_key.
  KEY_PAYLOAD_LONG(EINVAL, KEY_ADD_CALL, "the payload has %s bytes, 1048575 are allowed"),
  KEY_PAYLOAD_EMPTY(EINVAL, KEY_ADD, "the payload is empty"),
  KEYRING_READ_ONLY(EACCES, KEY_ADD, "keyring %s can't be written"),
  KEY_BLACKLISTED(EKEYREJECTED, X509_PREPARSE, "the certificate is blacklisted (%s)"),
  KEYRING_CLOSED(EPERM, KEY_ADD, "keyring %s takes no more keys"),
  RESTRICTION_NO_SIGNATURE(ENOPKG, RESTRICTION, "the certificate's signature can't be checked"),
  RESTRICTION_CA_KEY(EPERM, RESTRICTION, "not issued by the key that ca_keys names"),
  RESTRICTION_NO_ISSUER(ENOKEY, RESTRICTION, "no key in %s issued the certificate"),
  RESTRICTION_NOT_BUILTIN(ENOKEY, RESTRICTION, "the issuer is not a builtin key"),
  RESTRICTION_NOT_CA(ENOKEY, RESTRICTION_CA, "keyring %s takes only CA certificates"),
  RESTRICTION_NOT_DIGSIG(
      ENOKEY, RESTRICTION_DIGSIG, "keyring %s takes only certificates for signing"),

  // Verification inside the message.
  CONTENT_ATTACHED(EBADMSG, SYSTEM_VERIFY, "the signature carries its own content"),
  USAGE_CONTENT_TYPE(EKEYREJECTED, PKCS7_USAGE, "content of type %s is not for this use"),
  USAGE_ATTRIBUTES(EKEYREJECTED, PKCS7_USAGE, "signed attributes are not allowed for modules"),
  USAGE_NO_ATTRIBUTES(EKEYREJECTED, PKCS7_USAGE, "firmware needs signed attributes"),
  DIGEST_NOT_BUILT(ENOPKG, PKCS7_DIGEST, "this kernel has no %s"),
  DIGEST_LENGTH(EBADMSG, PKCS7_DIGEST, "messageDigest has %s bytes, not %s"),
  DIGEST_DIFFERS(EKEYREJECTED, PKCS7_DIGEST, "messageDigest is not the digest of the content"),
  SIGNING_TIME(EKEYREJECTED, PKCS7_ONE, "signed at %s, outside the certificate's validity"),
  CHAIN_SKID(EKEYREJECTED, PKCS7_CHAIN, "the issuer's SKID is not the one that was named"),
  CHAIN_BLACKLISTED(EKEYREJECTED, PKCS7_CHAIN, "every signer depends on a blacklisted certificate"),

  // One signature by one key.
  KEY_ALGORITHM_DIFFERS(EKEYREJECTED, PUBLIC_KEY, "signature by %s, but the key is %s"),
  KEY_DIGEST_UNFIT(EINVAL, AKCIPHER, "%s can't be used with %s"),
  KEY_ALGORITHM_NOT_BUILT(ENOENT, PUBLIC_KEY, "this kernel has no %s"),
  RSA_INTEGERS(EINVAL, RSA_KEY, "modulus or exponent is empty, or the exponent is longer"),
  RSA_HUGE(ENOMEM, RSA_KEY, "a modulus of %s bits, 16384 is the most"),
  RSA_SIZE(EINVAL, RSA_KEY, "a modulus of %s bits is not allowed"),
  RSA_EXPONENT(EINVAL, RSA_KEY, "this exponent is not allowed in FIPS mode"),
  RSA_SIGNATURE_LENGTH(EINVAL, KernelFunction.RSA_BLOCK, "a signature of %s bytes, not %s"),
  RSA_NO_DIGEST(EINVAL, KernelFunction.RSA_BLOCK, "no digest was made, since its hash is missing"),
  RSA_RANGE(EINVAL, RSA_VALUE, "the signature is no number between 1 and modulus - 1"),
  RSA_FIRST_OCTET(EINVAL, KernelFunction.RSA_BLOCK, "another key: the block begins with %s"),
  RSA_PADDING(EBADMSG, KernelFunction.RSA_BLOCK, "the block's padding or prefix is wrong"),
  RSA_DIGEST(EKEYREJECTED, KernelFunction.RSA_BLOCK, "it was made over other bytes"),
  EC_KEY(EINVAL, ECDSA_KEY, "not an uncompressed point of %s"),
  EC_INTEGER(EINVAL, ECDSA_VALUE, "%s is empty or too long"),
  EC_RANGE(EBADMSG, ECDSA, "%s is zero or not below the group order"),
  EC_SIGNATURE(EKEYREJECTED, ECDSA, "not made by this key over these bytes"),
  GOST_CURVE_UNKNOWN(EINVAL, ECRDSA_KEY, "the kernel does not know curve %s"),
  GOST_DIGEST(EINVAL, ECRDSA_KEY, "the key's digest is not its Streebog"),
  GOST_KEY_SIZE(ENOPKG, ECRDSA_KEY, "curve or key has another size than the algorithm"),
  GOST_KEY_POINT(EKEYREJECTED, ECRDSA_KEY, "the key is no point of its curve"),
  GOST_LENGTH(EBADMSG, ECRDSA, "a signature of %s bytes over a hash of %s"),
  GOST_RANGE(EKEYREJECTED, ECRDSA, "%s is zero or not below the group order"),
  GOST_SIGNATURE(EKEYREJECTED, ECRDSA, "not made by this key over these bytes"),
  MLDSA_KEY_LENGTH(EINVAL, MLDSA_KEY, "a key of %s bytes, not %s"),
  MLDSA_ENCODING(EBADMSG, MLDSA, "the signature is malformed: %s"),
  MLDSA_SIGNATURE(EKEYREJECTED, MLDSA, "not made by this key over these bytes"),

  // Trust in the keyring.
  REVOKED(EKEYREJECTED, SYSTEM_REVOKED, "a revoked certificate vouches for the signer"),
  PLATFORM_ABSENT(ENOKEY, SYSTEM_VERIFY, "there is no platform keyring"),
  SIGNER_ID_EMPTY(EINVAL, KEY_SEARCH, "the signer's identifier is empty"),
  SIGNER_KEY_SKID(EKEYREJECTED, KEY_SEARCH, "the key that was found has another SKID"),
  SIGNER_UNKNOWN(ENOKEY, PKCS7_TRUST, "no key in keyring %s vouches for %s"),
  ROOT_UNKNOWN(ENOKEY, PKCS7_TRUST, "the chain ends in a root that is not in keyring %s"),
  STALE_REVOKED(
      EKEYREVOKED, KEYRING_SCAN, "no key found in keyring %s, and a revoked one lies there"),
  STALE_EXPIRED(
      EKEYEXPIRED, KEYRING_SCAN, "no key found in keyring %s, and an expired one lies there"),
  TRUST_SIGNATURE(EKEYREJECTED, PKCS7_TRUST, "key %s did not make this signature"),

  // After the signature.
  LOAD_MAP_BY_FD(EINVAL, LOAD_MAP_USE, "instruction %s names a map by fd"),
  LOAD_MAP_UNBOUND(EACCES, LOAD_MAP_USE, "instruction %s uses a map that is not bound"),
  LOAD_BTF_USE(EACCES, LOAD_MAP_USE, "instruction %s needs BTF, which a signature can't cover"),
  LOADER_BLOB(EINVAL, LOADER_RUN, "the loader finds another hash of its blob"),

  // Kernel modules and fs-verity.
  MODULE_UNSIGNED(EKEYREJECTED, MODULE, "the module is not signed"),
  MODULE_TRUNCATED(EBADMSG, MODULE_TRAILER, "%s bytes before the marker are too few"),
  MODULE_ID_TYPE(ENOPKG, MODULE_TRAILER, "id_type is %s, not 2 (PKCS#7)"),
  MODULE_FIELDS(EBADMSG, MODULE_TRAILER, "trailer field %s is not 0"),
  MODULE_ENFORCED(EKEYREJECTED, MODULE, "%s, and signatures are enforced"),
  MODULE_LOCKDOWN(EPERM, MODULE, "%s, and the kernel is locked down"),
  MODULE_BLACKLISTED(EKEYREJECTED, MODULE, "the module's own hash is blacklisted"),
  FSVERITY_UNSIGNED(EPERM, FSVERITY, "a signature is required"),
  FSVERITY_LONG(EMSGSIZE, FSVERITY, "a signature of %s bytes, 16128 are allowed"),
  FSVERITY_NO_KEYS(ENOKEY, FSVERITY, "keyring .fs-verity is empty");

  private final Errno errno;
  private final KernelFunction function;
  private final String message;

  Check(Errno errno, KernelFunction function, String message) {
    this.errno = errno;
    this.function = function;
    this.message = message;
  }

  /** A stable name for machines, such as {@code signer-unknown}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What the kernel answers when this check is the first to fail. */
  public Errno errno() {
    return errno;
  }

  /** Where in the kernel it is made. */
  public KernelFunction function() {
    return function;
  }

  /** What to do about it. */
  public Remedy remedy() {
    return Remedy.of(this);
  }

  String message(List<String> values) {
    return message.formatted(values.toArray());
  }
}
