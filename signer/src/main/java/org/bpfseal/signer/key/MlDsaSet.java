// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key;

import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.params.MLDSAParameters;

/** The parameter sets of ML-DSA, all of which kernels from 7.0 on know. FIPS 204, section 4. */
public enum MlDsaSet {
  ML_DSA_44("ML-DSA-44", NISTObjectIdentifiers.id_ml_dsa_44, 1312, 2560),
  ML_DSA_65("ML-DSA-65", NISTObjectIdentifiers.id_ml_dsa_65, 1952, 4032),
  ML_DSA_87("ML-DSA-87", NISTObjectIdentifiers.id_ml_dsa_87, 2592, 4896);

  private final String id;

  @SuppressWarnings("ImmutableEnumChecker") // a number that never changes
  private final ASN1ObjectIdentifier oid;

  private final int keySize;
  private final int expandedSize;

  MlDsaSet(String id, ASN1ObjectIdentifier oid, int keySize, int expandedSize) {
    this.id = id;
    this.oid = oid;
    this.keySize = keySize;
    this.expandedSize = expandedSize;
  }

  /** The name in FIPS 204, in OpenSSL and in JCA. */
  public String id() {
    return id;
  }

  /** Of keys and signatures alike; parameters absent. RFC 9881, section 2; RFC 9882, section 2. */
  public AlgorithmIdentifier algorithm() {
    return new AlgorithmIdentifier(oid);
  }

  /** Octets of a public key. */
  int keySize() {
    return keySize;
  }

  /** Octets of a private key that isn't written as its seed. */
  int expandedSize() {
    return expandedSize;
  }

  /** Bouncy Castle's object for it. */
  MLDSAParameters parameters() {
    return switch (this) {
      case ML_DSA_44 -> MLDSAParameters.ml_dsa_44;
      case ML_DSA_65 -> MLDSAParameters.ml_dsa_65;
      case ML_DSA_87 -> MLDSAParameters.ml_dsa_87;
    };
  }

  static Optional<MlDsaSet> of(ASN1ObjectIdentifier oid) {
    return Arrays.stream(values()).filter(set -> set.oid.equals(oid)).findFirst();
  }
}
