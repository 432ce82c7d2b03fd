// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key;

/**
 * A key or certificate that can't or must not be used: the password is wrong, the token isn't
 * there, the kernel would refuse its signatures, or the two don't belong together. The message
 * never shows a secret.
 */
public final class KeyRefusedException extends Exception {
  private final String hint;

  /**
   * @param problem lower case, no full stop
   * @param hint what the user can do; empty for none
   */
  public KeyRefusedException(String problem, String hint) {
    super(problem);
    this.hint = hint;
  }

  public String hint() {
    return hint;
  }
}
