// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key.pkcs11;

import java.util.Arrays;

/** The CKR values that a user can do something about. Cryptoki 2.40, section 5.1. */
enum ReturnValue {
  CKR_OK(0, ""),
  CKR_GENERAL_ERROR(0x5, "look at the module's own log"),
  CKR_FUNCTION_FAILED(0x6, "look at the module's own log"),
  CKR_DATA_LEN_RANGE(0x21, "the key takes no digest of that length; try --digest sha256"),
  CKR_DEVICE_ERROR(0x30, "look at the token"),
  CKR_DEVICE_REMOVED(0x32, "plug the token in again"),
  CKR_KEY_FUNCTION_NOT_PERMITTED(0x68, "the key was made without the right to sign (CKA_SIGN)"),
  CKR_MECHANISM_INVALID(0x70, "the token can't sign so: RSA needs CKM_RSA_PKCS, EC CKM_ECDSA"),
  CKR_PIN_INCORRECT(0xa0, ""),
  CKR_PIN_INVALID(0xa1, ""),
  CKR_PIN_LEN_RANGE(0xa2, ""),
  CKR_PIN_EXPIRED(0xa3, "set a new PIN with the token's own tool"),
  CKR_PIN_LOCKED(0xa4, "unlock it with the token's own tool"),
  CKR_SESSION_HANDLE_INVALID(0xb3, "plug the token in again"),
  CKR_TOKEN_NOT_PRESENT(0xe0, "plug the token in"),
  CKR_TOKEN_NOT_RECOGNIZED(0xe1, "is this the token's own module?"),
  CKR_USER_ALREADY_LOGGED_IN(0x100, ""),
  CKR_USER_NOT_LOGGED_IN(0x101, "give the PIN with --key-password"),
  CKR_USER_PIN_NOT_INITIALIZED(0x102, "set a user PIN with the token's own tool"),
  CKR_CRYPTOKI_ALREADY_INITIALIZED(0x191, "");

  private final long value;
  private final String hint;

  ReturnValue(long value, String hint) {
    this.value = value;
    this.hint = hint;
  }

  String hint() {
    return hint;
  }

  boolean is(long code) {
    return value == code;
  }

  /** The name as in the standard, or the number. */
  static String describe(long code) {
    return Arrays.stream(values())
        .filter(known -> known.is(code))
        .findFirst()
        .map(Enum::name)
        .orElse("CKR 0x" + Long.toHexString(code));
  }

  static String hintFor(long code) {
    return Arrays.stream(values())
        .filter(known -> known.is(code))
        .findFirst()
        .map(ReturnValue::hint)
        .orElse("");
  }
}
