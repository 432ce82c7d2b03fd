// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key.pkcs11;

/** A function of the module answered something else than CKR_OK. */
final class CryptokiException extends Exception {
  private final long code;

  CryptokiException(String function, long code) {
    super(function + " answered " + ReturnValue.describe(code));
    this.code = code;
  }

  boolean is(ReturnValue value) {
    return value.is(code);
  }

  String hint() {
    return ReturnValue.hintFor(code);
  }
}
