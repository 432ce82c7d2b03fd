// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key;

import java.io.IOException;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a private key that isn't encrypted: PKCS#8 (RFC 5958), PKCS#1 (RFC 8017, appendix A.1.2) or
 * SEC 1 (RFC 5915), each as PEM or DER.
 *
 * <p>In a PEM file the first private key counts; certificates and EC parameters beside it are
 * skipped. Messages name structure and place, never content.
 */
public final class KeyReader {
  /** Most bytes of a key file: an RSA key of 16384 bits as PEM, and room for certificates. */
  public static final int LIMIT = 1 << 16;

  private static final String FORMAT = "private key";
  private static final String DECRYPT =
      "encrypted key files can't be read; decrypt it first: openssl pkey -in KEY -out PLAIN";

  private KeyReader() {}

  /**
   * The key of a file.
   *
   * @throws FormatException if the file holds no key, or a malformed one
   * @throws KeyRefusedException if it is encrypted, or the kernel can't verify with such a key
   */
  public static SigningKey read(Bytes file) throws FormatException, KeyRefusedException {
    if (!PemReader.isPem(file)) {
      return guarded(0, () -> der(parse(file)));
    }
    List<PemBlock> blocks = PemReader.read(file);
    for (PemBlock block : blocks) {
      if (block.label().endsWith("PRIVATE KEY")) {
        return pem(block);
      }
    }
    throw new FormatException(
        FORMAT,
        "PEM",
        0,
        "expected a block PRIVATE KEY, found "
            + (blocks.isEmpty() ? "none" : blocks.getFirst().label()));
  }

  private static SigningKey pem(PemBlock block) throws FormatException, KeyRefusedException {
    if (block.encrypted()) {
      throw new KeyRefusedException("an encrypted key", DECRYPT);
    }
    return switch (block.label()) {
      case "PRIVATE KEY" ->
          guarded(block.offset(), () -> pkcs8(PrivateKeyInfo.getInstance(parse(block.der()))));
      case "RSA PRIVATE KEY" ->
          guarded(
              block.offset(),
              () -> RsaSigningKey.of(RSAPrivateKey.getInstance(parse(block.der()))));
      case "EC PRIVATE KEY" ->
          guarded(block.offset(), () -> sec1(ECPrivateKey.getInstance(parse(block.der())), null));
      case "ENCRYPTED PRIVATE KEY" -> throw new KeyRefusedException("an encrypted key", DECRYPT);
      default ->
          throw new KeyRefusedException(
              "a key of type " + block.label(),
              "convert it to PKCS#8: openssl pkey -in KEY -out NEW");
    };
  }

  /** Tells the three structures, and two that can't be read here, apart by their first elements. */
  private static SigningKey der(ASN1Primitive value) throws KeyRefusedException {
    ASN1Sequence sequence = ASN1Sequence.getInstance(value);
    ASN1Encodable first = sequence.getObjectAt(0);
    ASN1Encodable second = sequence.getObjectAt(1);
    if (first instanceof ASN1Sequence && second instanceof ASN1OctetString) {
      throw new KeyRefusedException("an encrypted key", DECRYPT);
    }
    int version = ASN1Integer.getInstance(first).intValueExact();
    if (second instanceof ASN1Integer) {
      return RsaSigningKey.of(RSAPrivateKey.getInstance(sequence));
    }
    if (second instanceof ASN1OctetString) {
      return sec1(ECPrivateKey.getInstance(sequence), null);
    }
    if (version == 3) {
      throw new KeyRefusedException(
          "a PKCS#12 file", "take the key out: openssl pkcs12 -in STORE -nocerts -noenc -out KEY");
    }
    return pkcs8(PrivateKeyInfo.getInstance(sequence));
  }

  private static SigningKey pkcs8(PrivateKeyInfo info) throws KeyRefusedException {
    ASN1ObjectIdentifier algorithm = info.getPrivateKeyAlgorithm().getAlgorithm();
    ASN1Primitive content;
    if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
      content = parse(Bytes.owning(info.getPrivateKey().getOctets()));
      return RsaSigningKey.of(RSAPrivateKey.getInstance(content));
    }
    if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
      content = parse(Bytes.owning(info.getPrivateKey().getOctets()));
      return sec1(ECPrivateKey.getInstance(content), info.getPrivateKeyAlgorithm().getParameters());
    }
    throw SigningPublicKey.unsupported(algorithm);
  }

  /** The curve is in the key itself (SEC 1 alone) or in the algorithm around it (PKCS#8). */
  private static SigningKey sec1(ECPrivateKey key, @Nullable ASN1Encodable outer)
      throws KeyRefusedException {
    Curve curve = SigningPublicKey.curve(outer == null ? key.getParametersObject() : outer);
    return EcSigningKey.of(curve, key.getKey());
  }

  private static ASN1Primitive parse(Bytes der) {
    try {
      return ASN1Primitive.fromByteArray(der.toArray());
    } catch (IOException e) {
      throw new IllegalArgumentException("not one DER value");
    }
  }

  private interface Parser {
    SigningKey read() throws KeyRefusedException;
  }

  /** Bouncy Castle answers malformed DER with several unchecked exceptions; some quote content. */
  private static SigningKey guarded(int offset, Parser parser)
      throws FormatException, KeyRefusedException {
    try {
      return parser.read();
    } catch (RuntimeException e) {
      throw new FormatException(
          FORMAT, "DER", offset, "expected PKCS#8, PKCS#1 or SEC 1, found something else");
    }
  }
}
