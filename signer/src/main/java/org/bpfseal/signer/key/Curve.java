// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key;

import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.ECDomainParameters;

/**
 * The curves that keys may be on.
 *
 * <p>The kernel knows these and P-192 ({@code crypto/asymmetric_keys/x509_cert_parser.c}, {@code
 * x509_extract_key_data()}, 7.3); P-192 is left out, since it is weak and gone in FIPS mode.
 */
public enum Curve {
  P_256("P-256", "1.2.840.10045.3.1.7"),
  P_384("P-384", "1.3.132.0.34"),
  P_521("P-521", "1.3.132.0.35");

  private final String id;
  private final String oid;

  Curve(String id, String oid) {
    this.id = id;
    this.oid = oid;
  }

  /** NIST's name. */
  public String id() {
    return id;
  }

  static Optional<Curve> of(ASN1ObjectIdentifier oid) {
    return Arrays.stream(values()).filter(curve -> curve.oid.equals(oid.getId())).findFirst();
  }

  ECDomainParameters domain() {
    return new ECDomainParameters(SECNamedCurves.getByOID(new ASN1ObjectIdentifier(oid)));
  }

  /** {@code id-ecPublicKey} on this curve. */
  AlgorithmIdentifier algorithm() {
    return new AlgorithmIdentifier(
        X9ObjectIdentifiers.id_ecPublicKey, new ASN1ObjectIdentifier(oid));
  }
}
