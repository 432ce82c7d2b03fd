// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.x509;

import java.util.Optional;
import org.bpfseal.verifier.Check;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.Refusal;
import org.bpfseal.verifier.ber.BerElement;
import org.bpfseal.verifier.ber.BerReader;
import org.bpfseal.verifier.ber.Oid;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * The extensions that the kernel looks at, by fixed positions and without a BER decoder; whether
 * they are critical is not asked. Mirrors {@code x509_process_extension()} of
 * crypto/asymmetric_keys/x509_cert_parser.c.
 */
final class ExtensionReader {
  private final KernelProfile profile;
  private Optional<Bytes> skid = Optional.empty();
  private Optional<BerElement> authority = Optional.empty();
  private String authorityPath = "";
  private boolean ca;
  private boolean certSign;
  private boolean digitalSignature;

  ExtensionReader(KernelProfile profile) {
    this.profile = profile;
  }

  /** Reads one Extension: SEQUENCE { OID, BOOLEAN OPTIONAL, OCTET STRING }. */
  void read(BerReader reader) throws Refusal {
    reader.open(0x30, "");
    Optional<Oid> id = Oid.of(reader.primitive(0x06, "extnID").contents());
    reader.optional(0x01, "critical");
    BerElement value = reader.primitive(0x04, "extnValue");
    if (id.isPresent()) {
      note(reader, id.get(), value);
    }
    reader.close();
  }

  Optional<Bytes> skid() {
    return skid;
  }

  Certificate.KeyUsage usage() {
    return new Certificate.KeyUsage(ca, certSign, digitalSignature);
  }

  /**
   * Decodes the last authority key identifier, which the kernel does after the whole certificate.
   */
  Certificate.Authority authority() throws Refusal {
    if (authority.isEmpty()) {
      return Certificate.Authority.NONE;
    }
    BerElement value = authority.get();
    return AuthorityReader.read(
        value.contents(), authorityPath, value.offset() + value.headerLength());
  }

  private void note(BerReader reader, Oid id, BerElement value) throws Refusal {
    switch (id) {
      case SUBJECT_KEY_IDENTIFIER -> noteSkid(reader, value);
      case KEY_USAGE -> noteKeyUsage(reader, value);
      case BASIC_CONSTRAINTS -> noteConstraints(reader, value);
      case AUTHORITY_KEY_IDENTIFIER -> {
        authority = Optional.of(value);
        authorityPath = reader.path("extnValue");
      }
      default -> {}
    }
  }

  private void noteSkid(BerReader reader, BerElement value) throws Refusal {
    Bytes v = value.contents();
    if (skid.isPresent()) {
      throw reader.refuse(Check.CERTIFICATE_SKID_REPEATED, "extnValue", value);
    }
    if (v.size() < 3 || v.at(0) != 0x04 || v.at(1) != v.size() - 2) {
      throw reader.refuse(Check.CERTIFICATE_SKID, "extnValue", value);
    }
    skid = Optional.of(v.from(2));
  }

  private void noteKeyUsage(BerReader reader, BerElement value) throws Refusal {
    Bytes v = value.contents();
    if (v.size() < 4 || v.at(0) != 0x03 || v.at(2) >= 8) {
      throw reader.refuse(Check.CERTIFICATE_KEY_USAGE, "extnValue", value);
    }
    int unused = v.at(2);
    boolean bit = (v.at(3) & 0x04) != 0;
    digitalSignature |= (v.at(3) & 0x80) != 0;
    certSign |= bit && ((v.at(1) == 2 && unused <= 2) || (v.size() > 4 && v.at(1) == 3));
  }

  private void noteConstraints(BerReader reader, BerElement value) throws Refusal {
    Bytes v = value.contents();
    boolean framed = v.size() >= 2 && v.at(0) == 0x30 && v.at(1) == v.size() - 2;
    boolean one = v.size() >= 5 && v.at(2) == 0x01 && v.at(3) == 0x01;
    boolean strict = profile.readsBasicConstraintsStrictly();
    if (!framed || (strict && v.size() > 2 && !(one && v.at(4) == 0xff))) {
      throw reader.refuse(Check.CERTIFICATE_CONSTRAINTS, "extnValue", value);
    }
    ca |= one;
  }
}
