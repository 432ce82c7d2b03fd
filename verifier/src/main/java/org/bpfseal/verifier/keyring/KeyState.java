// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.keyring;

/** Whether a key or keyring can be used. An X.509 notAfter never changes it. */
public enum KeyState {
  VALID,
  /** The timeout that {@code keyctl} gave it is over. */
  EXPIRED,
  REVOKED,
  INVALIDATED
}
