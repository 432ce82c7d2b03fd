// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.x509;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.ber.Oid;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.crypto.HashAlgorithm;
import org.bpfseal.verifier.crypto.SignatureScheme;

/**
 * The algorithms by which certificates may be signed. {@code x509_note_sig_algo()} of
 * crypto/asymmetric_keys/x509_cert_parser.c.
 *
 * @param hash absent where the scheme takes the data themselves
 */
record IssuerAlgorithm(Oid oid, SignatureScheme scheme, Optional<HashAlgorithm> hash) {
  private static final Map<Oid, IssuerAlgorithm> BY_OID = byOid();

  /** The algorithm of an OID's contents, if this kernel knows it. */
  static Optional<IssuerAlgorithm> of(KernelProfile profile, Bytes contents) {
    return Oid.of(contents)
        .map(BY_OID::get)
        .filter(algorithm -> profile.knowsMlDsa() || !algorithm.scheme.takesData());
  }

  private static Map<Oid, IssuerAlgorithm> byOid() {
    Map<Oid, IssuerAlgorithm> all = new EnumMap<>(Oid.class);
    put(all, Oid.RSA_SHA1, SignatureScheme.RSA, HashAlgorithm.SHA1);
    put(all, Oid.RSA_SHA224, SignatureScheme.RSA, HashAlgorithm.SHA224);
    put(all, Oid.RSA_SHA256, SignatureScheme.RSA, HashAlgorithm.SHA256);
    put(all, Oid.RSA_SHA384, SignatureScheme.RSA, HashAlgorithm.SHA384);
    put(all, Oid.RSA_SHA512, SignatureScheme.RSA, HashAlgorithm.SHA512);
    put(all, Oid.RSA_SHA3_256, SignatureScheme.RSA, HashAlgorithm.SHA3_256);
    put(all, Oid.RSA_SHA3_384, SignatureScheme.RSA, HashAlgorithm.SHA3_384);
    put(all, Oid.RSA_SHA3_512, SignatureScheme.RSA, HashAlgorithm.SHA3_512);
    put(all, Oid.ECDSA_SHA1, SignatureScheme.ECDSA, HashAlgorithm.SHA1);
    put(all, Oid.ECDSA_SHA224, SignatureScheme.ECDSA, HashAlgorithm.SHA224);
    put(all, Oid.ECDSA_SHA256, SignatureScheme.ECDSA, HashAlgorithm.SHA256);
    put(all, Oid.ECDSA_SHA384, SignatureScheme.ECDSA, HashAlgorithm.SHA384);
    put(all, Oid.ECDSA_SHA512, SignatureScheme.ECDSA, HashAlgorithm.SHA512);
    put(all, Oid.ECDSA_SHA3_256, SignatureScheme.ECDSA, HashAlgorithm.SHA3_256);
    put(all, Oid.ECDSA_SHA3_384, SignatureScheme.ECDSA, HashAlgorithm.SHA3_384);
    put(all, Oid.ECDSA_SHA3_512, SignatureScheme.ECDSA, HashAlgorithm.SHA3_512);
    put(all, Oid.GOST_SIGNATURE_256, SignatureScheme.ECRDSA, HashAlgorithm.STREEBOG_256);
    put(all, Oid.GOST_SIGNATURE_512, SignatureScheme.ECRDSA, HashAlgorithm.STREEBOG_512);
    put(all, Oid.MLDSA_44, SignatureScheme.MLDSA_44);
    put(all, Oid.MLDSA_65, SignatureScheme.MLDSA_65);
    put(all, Oid.MLDSA_87, SignatureScheme.MLDSA_87);
    return Collections.unmodifiableMap(all);
  }

  private static void put(
      Map<Oid, IssuerAlgorithm> all, Oid oid, SignatureScheme scheme, HashAlgorithm hash) {
    all.put(oid, new IssuerAlgorithm(oid, scheme, Optional.of(hash)));
  }

  private static void put(Map<Oid, IssuerAlgorithm> all, Oid oid, SignatureScheme scheme) {
    all.put(oid, new IssuerAlgorithm(oid, scheme, Optional.empty()));
  }
}
