// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.pkcs7;

import java.util.ArrayList;
import java.util.List;
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
import org.bpfseal.verifier.crypto.HashAlgorithm;
import org.bpfseal.verifier.x509.Certificate;
import org.bpfseal.verifier.x509.CertificateReader;

/**
 * Reads a PKCS#7 message as the kernel does. SET and SEQUENCE forms of the lists are
 * interchangeable; certificates inside are read whole, and a bad one refuses the message.
 *
 * <p>Mirrors pkcs7.asn1 and {@code pkcs7_parse_message()} of crypto/asymmetric_keys.
 */
public final class SignedDataReader {
  private static final String ROOT = "signature";

  private final KernelProfile profile;
  private final BerReader reader;
  private final List<HashAlgorithm> announced = new ArrayList<>();
  private final List<Certificate> certificates = new ArrayList<>();
  private final List<SignerInfo> signers = new ArrayList<>();
  private int version;
  private Oid contentType = Oid.DATA;
  private Optional<Bytes> content = Optional.empty();
  private Place contentPlace = new Place(ROOT, 0);

  private SignedDataReader(KernelProfile profile, Bytes message) throws Refusal {
    this.profile = profile;
    this.reader = BerReader.of(message, ROOT, 0);
  }

  /** Reads one message; bytes behind it are not looked at. */
  public static SignedData read(KernelProfile profile, Bytes message) throws Refusal {
    return new SignedDataReader(profile, message).read();
  }

  private SignedData read() throws Refusal {
    reader.open(0x30, "");
    BerElement type = reader.primitive(0x06, "contentType");
    if (!Oid.of(type.contents()).equals(Optional.of(Oid.SIGNED_DATA))) {
      throw reader.refuse(Check.MESSAGE_TYPE, "contentType", type, OidText.of(type.contents()));
    }
    if (reader.openIf(0xa0, "")) {
      signedData();
      reader.closeMatched();
    }
    reader.close();
    requireSigners();
    return new SignedData(
        version,
        announced,
        contentType,
        content,
        contentPlace,
        certificates,
        signers,
        reader.trailing());
  }

  private void signedData() throws Refusal {
    reader.open(0x30, "");
    BerElement number = reader.primitive(0x02, "version");
    Bytes octets = number.contents();
    if (octets.size() != 1 || (octets.at(0) != 1 && octets.at(0) != 3)) {
      throw reader.refuse(Check.MESSAGE_VERSION, "version", number, octets.toHex());
    }
    version = octets.at(0);
    digestAlgorithms();
    contentInfo();
    certificates();
    crls();
    if (reader.openManyIf(0x31, "signerInfos") || reader.openManyIf(0x30, "signerInfos")) {
      SignerInfoReader each = new SignerInfoReader(reader, profile, version, contentType);
      do {
        signers.add(each.read());
      } while (reader.more());
      reader.closeMatched();
    } else {
      reader.requireChoice("signerInfos");
    }
    reader.close();
  }

  private void digestAlgorithms() throws Refusal {
    if (reader.openManyIf(0x31, "digestAlgorithms")
        || reader.openManyIf(0x30, "digestAlgorithms")) {
      do {
        reader.open(0x30, "");
        Bytes oid = reader.primitive(0x06, "algorithm").contents();
        Oid.of(oid).flatMap(SignerAlgorithms::hash).ifPresent(announced::add);
        reader.optionalAny("parameters");
        reader.closeMatched();
      } while (reader.more());
      reader.closeMatched();
    } else {
      reader.requireChoice("digestAlgorithms");
    }
  }

  private void contentInfo() throws Refusal {
    reader.open(0x30, "encapContentInfo");
    BerElement type = reader.primitive(0x06, "eContentType");
    contentPlace = reader.place("eContentType", type);
    if (reader.openIf(0xa0, "eContent")) {
      BerElement inner = reader.any("");
      content = Optional.of(inner.contents());
      contentPlace = reader.place("", inner);
      reader.closeMatched();
    }
    reader.close();
    contentType =
        Oid.of(type.contents())
            .filter(oid -> oid == Oid.DATA || oid == Oid.MS_INDIRECT_DATA)
            .orElseThrow(
                () ->
                    reader.refuse(
                        Check.MESSAGE_CONTENT_TYPE,
                        "encapContentInfo",
                        type,
                        OidText.of(type.contents())));
  }

  private void certificates() throws Refusal {
    if (reader.openManyIf(0xa0, "certificates")) {
      do {
        Optional<BerElement> element = reader.optionalAny("");
        if (element.isPresent()) {
          certificates.add(certificate(element.get()));
        }
      } while (reader.more());
      reader.closeMatched();
    } else if (reader.openManyIf(0xa2, "certificates")) {
      do {
        certificates.add(certificate(reader.any("")));
      } while (reader.more());
      reader.closeMatched();
    }
  }

  /** The kernel takes the elements of a CRL for certificates, and drops those that it can read. */
  private void crls() throws Refusal {
    if (reader.openManyIf(0xa1, "crls") || reader.openManyIf(0xa3, "crls")) {
      do {
        reader.openMany(0x30, "");
        do {
          certificate(reader.any(""));
        } while (reader.more());
        reader.closeMatched();
      } while (reader.more());
      reader.closeMatched();
    }
  }

  private Certificate certificate(BerElement element) throws Refusal {
    if (element.tag() != 0x30) {
      throw reader.refuse(Check.MESSAGE_CERTIFICATE_TAG, "", element, element.tagText());
    }
    return CertificateReader.read(profile, element.encoded(), reader.path(""), element.offset());
  }

  private void requireSigners() throws Refusal {
    if (signers.isEmpty()) {
      throw Refusal.at(Check.MESSAGE_NO_SIGNER, ROOT, 0);
    }
    boolean first = signers.getFirst().attributes().isPresent();
    for (SignerInfo signer : signers) {
      if (signer.attributes().isPresent() != first) {
        throw Refusal.at(Check.MESSAGE_MIXED_ATTRIBUTES, signer.places().signer());
      }
    }
  }
}
