// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.x509;

import java.util.Optional;
import org.bpfseal.verifier.Check;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.Place;
import org.bpfseal.verifier.Refusal;
import org.bpfseal.verifier.ber.BerElement;
import org.bpfseal.verifier.ber.BerReader;
import org.bpfseal.verifier.ber.Oid;
import org.bpfseal.verifier.ber.OidText;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.crypto.KeyAlgorithm;
import org.bpfseal.verifier.crypto.PublicKey;

/**
 * SubjectPublicKeyInfo: which algorithm and curve; the key's own octets are judged when it is used.
 * Mirrors {@code x509_extract_key_data()} of crypto/asymmetric_keys/x509_cert_parser.c.
 */
final class PublicKeyReader {
  private final KernelProfile profile;
  private final BerReader reader;

  private PublicKeyReader(KernelProfile profile, BerReader reader) {
    this.profile = profile;
    this.reader = reader;
  }

  static PublicKey read(KernelProfile profile, BerReader reader) throws Refusal {
    return new PublicKeyReader(profile, reader).read();
  }

  private PublicKey read() throws Refusal {
    reader.open(0x30, "subjectPublicKeyInfo");
    reader.open(0x30, "algorithm");
    BerElement oid = reader.primitive(0x06, "algorithm");
    Optional<BerElement> named = reader.optionalAny("parameters");
    Bytes parameters = named.map(BerElement::encoded).orElse(Bytes.EMPTY);
    Place parametersPlace = new Place(reader.path("parameters"), named.orElse(oid).offset());
    reader.closeMatched();
    BerElement bits = reader.primitive(0x03, "subjectPublicKey");
    Optional<Oid> known = Oid.of(oid.contents());
    KeyAlgorithm algorithm = algorithm(known, oid, parameters);
    if (bits.contents().isEmpty() || bits.contents().at(0) != 0) {
      throw reader.refuse(Check.CERTIFICATE_KEY_PADDING, "subjectPublicKey", bits);
    }
    Place place =
        new Place(reader.path("subjectPublicKey"), bits.offset() + bits.headerLength() + 1);
    reader.close();
    boolean gost512 = known.equals(Optional.of(Oid.GOST_KEY_512));
    return new PublicKey(
        algorithm, bits.contents().from(1), parameters, gost512, place, parametersPlace);
  }

  private KeyAlgorithm algorithm(Optional<Oid> known, BerElement oid, Bytes parameters)
      throws Refusal {
    if (known.equals(Optional.of(Oid.EC_PUBLIC_KEY))) {
      return curve(oid, parameters);
    }
    return known.flatMap(this::ofOid).orElseThrow(() -> unknown(oid, OidText.of(oid.contents())));
  }

  private Optional<KeyAlgorithm> ofOid(Oid oid) {
    return switch (oid) {
      case RSA_ENCRYPTION -> Optional.of(KeyAlgorithm.RSA);
      case GOST_KEY_256, GOST_KEY_512 -> Optional.of(KeyAlgorithm.ECRDSA);
      case MLDSA_44 -> mlDsa(KeyAlgorithm.MLDSA_44);
      case MLDSA_65 -> mlDsa(KeyAlgorithm.MLDSA_65);
      case MLDSA_87 -> mlDsa(KeyAlgorithm.MLDSA_87);
      default -> Optional.empty();
    };
  }

  private Optional<KeyAlgorithm> mlDsa(KeyAlgorithm algorithm) {
    return profile.knowsMlDsa() ? Optional.of(algorithm) : Optional.empty();
  }

  /** The parameters must be an OID with one length octet, and nothing else. */
  private KeyAlgorithm curve(BerElement oid, Bytes parameters) throws Refusal {
    if (parameters.size() < 3
        || parameters.at(0) != 0x06
        || parameters.at(1) != parameters.size() - 2) {
      throw reader.refuse(Check.CERTIFICATE_KEY_PARAMETERS, "algorithm", oid);
    }
    Bytes curve = parameters.from(2);
    return Oid.of(curve)
        .flatMap(PublicKeyReader::ofCurve)
        .orElseThrow(() -> unknown(oid, OidText.of(curve)));
  }

  private static Optional<KeyAlgorithm> ofCurve(Oid curve) {
    return switch (curve) {
      case P192 -> Optional.of(KeyAlgorithm.ECDSA_P192);
      case P256 -> Optional.of(KeyAlgorithm.ECDSA_P256);
      case P384 -> Optional.of(KeyAlgorithm.ECDSA_P384);
      case P521 -> Optional.of(KeyAlgorithm.ECDSA_P521);
      default -> Optional.empty();
    };
  }

  private Refusal unknown(BerElement oid, String name) {
    return reader.refuse(Check.CERTIFICATE_KEY_ALGORITHM, "algorithm", oid, name);
  }
}
