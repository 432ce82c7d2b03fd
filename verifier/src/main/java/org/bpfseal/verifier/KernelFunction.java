// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

/**
 * The place in the kernel that makes a check, read at 7.3.4 and, where it moved, at 7.2.13.
 *
 * <p>Named by what it decides about; the text is file and function.
 */
public enum KernelFunction {
  LOAD_ATTRIBUTES("kernel/bpf/syscall.c", "bpf_check_uarg_tail_zero"),
  LOAD("kernel/bpf/syscall.c", "bpf_prog_load"),
  LOAD_INSNS("kernel/bpf/verifier.c", "bpf_check"),
  LOAD_FD_ARRAY("kernel/bpf/verifier.c", "process_fd_array"),
  LOAD_MAP("kernel/bpf/verifier.c", "check_map_prog_compatibility"),
  LOAD_MAP_USE("kernel/bpf/verifier.c", "resolve_pseudo_ldimm64"),
  LOAD_SIGNATURE("kernel/bpf/verifier.c", "bpf_prog_verify_signature", "kernel/bpf/syscall.c"),
  LOADER_RUN("the loader program's own check, when it runs", ""),
  KFUNC("kernel/bpf/helpers.c", "bpf_verify_pkcs7_signature"),
  KFUNC_CONTENT("kernel/bpf/helpers.c", "bpf_dynptr_check_size"),
  KEY_VALIDATE("security/keys/permission.c", "key_validate"),
  KEY_ADD("security/keys/key.c", "key_create_or_update"),
  KEY_ADD_CALL("security/keys/keyctl.c", "add_key"),
  KEY_SEARCH("crypto/asymmetric_keys/asymmetric_type.c", "find_asymmetric_key"),
  KEYRING_SCAN("security/keys/keyring.c", "keyring_search_iterator"),
  RESTRICTION("crypto/asymmetric_keys/restrict.c", "restrict_link_by_signature"),
  RESTRICTION_CA("crypto/asymmetric_keys/restrict.c", "restrict_link_by_ca"),
  RESTRICTION_DIGSIG("crypto/asymmetric_keys/restrict.c", "restrict_link_by_digsig"),
  RESTRICTION_KEY("crypto/asymmetric_keys/restrict.c", "restrict_link_by_key_or_keyring"),
  SYSTEM_VERIFY("certs/system_keyring.c", "verify_pkcs7_message_sig"),
  SYSTEM_REVOKED("certs/system_keyring.c", "is_key_on_revocation_list"),
  ASN1("lib/asn1_decoder.c", "asn1_ber_decoder"),
  PKCS7("crypto/asymmetric_keys/pkcs7_parser.c", "pkcs7_parse_message"),
  PKCS7_TYPE("crypto/asymmetric_keys/pkcs7_parser.c", "pkcs7_check_content_type"),
  PKCS7_VERSION("crypto/asymmetric_keys/pkcs7_parser.c", "pkcs7_note_signeddata_version"),
  PKCS7_CONTENT("crypto/asymmetric_keys/pkcs7_parser.c", "pkcs7_note_content"),
  PKCS7_CERTIFICATE("crypto/asymmetric_keys/pkcs7_parser.c", "pkcs7_extract_cert"),
  PKCS7_SIGNER_VERSION("crypto/asymmetric_keys/pkcs7_parser.c", "pkcs7_note_signerinfo_version"),
  PKCS7_DIGEST_ALGORITHM("crypto/asymmetric_keys/pkcs7_parser.c", "pkcs7_sig_note_digest_algo"),
  PKCS7_KEY_ALGORITHM("crypto/asymmetric_keys/pkcs7_parser.c", "pkcs7_sig_note_pkey_algo"),
  PKCS7_ATTRIBUTE("crypto/asymmetric_keys/pkcs7_parser.c", "pkcs7_sig_note_authenticated_attr"),
  PKCS7_ATTRIBUTES("crypto/asymmetric_keys/pkcs7_parser.c", "pkcs7_sig_note_set_of_authattrs"),
  PKCS7_SIGNER("crypto/asymmetric_keys/pkcs7_parser.c", "pkcs7_note_signed_info"),
  PKCS7_CONSISTENCY("crypto/asymmetric_keys/pkcs7_parser.c", "pkcs7_check_authattrs"),
  PKCS7_USAGE("crypto/asymmetric_keys/pkcs7_verify.c", "pkcs7_verify"),
  PKCS7_DIGEST("crypto/asymmetric_keys/pkcs7_verify.c", "pkcs7_digest"),
  PKCS7_ONE("crypto/asymmetric_keys/pkcs7_verify.c", "pkcs7_verify_one"),
  PKCS7_CHAIN("crypto/asymmetric_keys/pkcs7_verify.c", "pkcs7_verify_sig_chain"),
  PKCS7_TRUST("crypto/asymmetric_keys/pkcs7_trust.c", "pkcs7_validate_trust_one"),
  X509_ALGORITHM("crypto/asymmetric_keys/x509_cert_parser.c", "x509_note_sig_algo"),
  X509_TIME("crypto/asymmetric_keys/x509_cert_parser.c", "x509_decode_time"),
  X509_KEY("crypto/asymmetric_keys/x509_cert_parser.c", "x509_extract_key_data"),
  X509_EXTENSION("crypto/asymmetric_keys/x509_cert_parser.c", "x509_process_extension"),
  X509_SIGNATURE("crypto/asymmetric_keys/x509_cert_parser.c", "x509_note_signature"),
  X509_SELF_SIGNED("crypto/asymmetric_keys/x509_public_key.c", "x509_check_for_self_signed"),
  X509_PREPARSE("crypto/asymmetric_keys/x509_public_key.c", "x509_key_preparse"),
  PUBLIC_KEY("crypto/asymmetric_keys/public_key.c", "public_key_verify_signature"),
  AKCIPHER("crypto/asymmetric_keys/public_key.c", "software_key_determine_akcipher"),
  RSA_KEY("crypto/rsa.c", "rsa_set_pub_key"),
  RSA_VALUE("crypto/rsa.c", "_rsa_enc"),
  RSA_BLOCK("crypto/rsassa-pkcs1.c", "rsassa_pkcs1_verify"),
  ECDSA_KEY("crypto/ecdsa.c", "ecdsa_set_pub_key"),
  ECDSA_VALUE("crypto/ecdsa-x962.c", "ecdsa_get_signature_rs"),
  ECDSA("crypto/ecdsa.c", "_ecdsa_verify"),
  ECRDSA_KEY("crypto/ecrdsa.c", "ecrdsa_set_pub_key"),
  ECRDSA("crypto/ecrdsa.c", "ecrdsa_verify"),
  MLDSA_KEY("crypto/mldsa.c", "crypto_mldsa_set_pub_key"),
  MLDSA("lib/crypto/mldsa.c", "mldsa_verify"),
  MODULE_TRAILER("kernel/module_signature.c", "mod_check_sig"),
  MODULE("kernel/module/signing.c", "module_sig_check"),
  FSVERITY("fs/verity/signature.c", "fsverity_verify_signature");

  private final String file;
  private final String function;
  private final String fileBefore73;

  KernelFunction(String file, String function) {
    this(file, function, file);
  }

  KernelFunction(String file, String function, String fileBefore73) {
    this.file = file;
    this.function = function;
    this.fileBefore73 = fileBefore73;
  }

  /** The file in the tree of a release. */
  public String file(KernelRelease release) {
    return release.isAtLeast(7, 3) ? file : fileBefore73;
  }

  public String function() {
    return function;
  }

  /**
   * {@code file function()} in the tree of a release; where no function of the kernel decides, what
   * does.
   */
  public String in(KernelRelease release) {
    return function.isEmpty() ? file : file(release) + " " + function + "()";
  }
}
