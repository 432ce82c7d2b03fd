// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key;

/** Gives passwords when a key turns out to need one; called at most once a key. */
@FunctionalInterface
public interface Passwords {
  /** There are none: an encrypted key is refused. */
  Passwords NONE =
      what -> {
        throw new KeyRefusedException(
            "an encrypted key, and no password",
            "give it with --key-password env:NAME, file:PATH, stdin or prompt");
      };

  /**
   * The password.
   *
   * @param what of what, for a prompt
   * @throws KeyRefusedException if there is none
   */
  Secret get(String what) throws KeyRefusedException;
}
