// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import java.util.Set;
import org.bpfseal.verifier.crypto.HashAlgorithm;
import org.bpfseal.verifier.crypto.KeyAlgorithm;

/** A part of the kernel's crypto API that distributions build as a module. */
public enum CryptoModule {
  SHA3(Set.of(HashAlgorithm.SHA3_256, HashAlgorithm.SHA3_384, HashAlgorithm.SHA3_512), Set.of()),
  STREEBOG(Set.of(HashAlgorithm.STREEBOG_256, HashAlgorithm.STREEBOG_512), Set.of()),
  SM3(Set.of(HashAlgorithm.SM3), Set.of()),
  ECRDSA(Set.of(), Set.of(KeyAlgorithm.ECRDSA)),
  MLDSA(Set.of(), Set.of(KeyAlgorithm.MLDSA_44, KeyAlgorithm.MLDSA_65, KeyAlgorithm.MLDSA_87));

  @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
  private final Set<HashAlgorithm> hashes;

  @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
  private final Set<KeyAlgorithm> keyAlgorithms;

  CryptoModule(Set<HashAlgorithm> hashes, Set<KeyAlgorithm> keyAlgorithms) {
    this.hashes = hashes;
    this.keyAlgorithms = keyAlgorithms;
  }

  public Set<HashAlgorithm> hashes() {
    return hashes;
  }

  public Set<KeyAlgorithm> keyAlgorithms() {
    return keyAlgorithms;
  }
}
