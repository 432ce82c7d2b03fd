// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.image;

import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.KernelRelease;
import org.bpfseal.verifier.KeyringSelector;

/**
 * A kernel, and where the boot loader has it look for keys.
 *
 * @param profile with the keys of its own keyrings
 */
record BootKeys(KernelProfile profile, KeyringSelector keyring) {
  KernelRelease release() {
    return profile.release();
  }
}
