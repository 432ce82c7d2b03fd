// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a private key: PKCS#8 (RFC 5958), PKCS#1 (RFC 8017, appendix A.1.2) or SEC 1 (RFC 5915),
 * each as PEM or DER; encrypted as PKCS#8 has it or, in PEM, as OpenSSL once did.
 *
 * <p>In a PEM file the first private key counts; certificates and EC parameters beside it are
 * skipped. Messages name structure and place, never content.
 */
public final class KeyReader {
  /** Most bytes of a key file: an RSA key of 16384 bits as PEM, and room for certificates. */
  public static final int LIMIT = 1 << 16;

  private static final String FORMAT = "private key";

  private KeyReader() {}

  /**
   * The key of a file that isn't encrypted.
   *
   * @throws FormatException if the file holds no key, or a malformed one
   * @throws KeyRefusedException if it is encrypted, or the kernel can't verify with such a key
   */
  public static SigningKey read(Bytes file) throws FormatException, KeyRefusedException {
    return read(file, Passwords.NONE);
  }

  /**
   * The key of a file.
   *
   * @param passwords asked only if the key is encrypted
   * @throws KeyRefusedException also if the password is wrong
   */
  public static SigningKey read(Bytes file, Passwords passwords)
      throws FormatException, KeyRefusedException {
    if (!PemReader.isPem(file)) {
      return guarded(0, () -> der(parse(file), passwords));
    }
    List<PemBlock> blocks = PemReader.read(file);
    for (PemBlock block : blocks) {
      if (block.label().endsWith("PRIVATE KEY")) {
        return pem(block, passwords);
      }
    }
    throw new FormatException(
        FORMAT,
        "PEM",
        0,
        "expected a block PRIVATE KEY, found "
            + (blocks.isEmpty() ? "none" : blocks.getFirst().label()));
  }

  /** Whether the file is PKCS#12: {@code SEQUENCE { INTEGER 3, SEQUENCE ...}}. RFC 7292. */
  public static boolean isPkcs12(Bytes file) {
    int at = 2;
    if (file.size() > 1 && file.at(1) > 0x80) {
      at += file.at(1) - 0x80;
    }
    return file.size() > at + 4
        && file.at(0) == 0x30
        && file.slice(at, at + 4).equals(Bytes.hex("02010330"));
  }

  private static SigningKey pem(PemBlock block, Passwords passwords)
      throws FormatException, KeyRefusedException {
    if (block.encrypted()) {
      byte[] plain = LegacyPem.decrypt(block, passwords);
      try {
        return labelled(block, Bytes.owning(plain), passwords);
      } catch (FormatException e) {
        // Any other password gives noise, and one in 256 noises has a good padding.
        throw LegacyPem.wrongPassword();
      } finally {
        Arrays.fill(plain, (byte) 0);
      }
    }
    return labelled(block, block.der(), passwords);
  }

  private static SigningKey labelled(PemBlock block, Bytes der, Passwords passwords)
      throws FormatException, KeyRefusedException {
    return switch (block.label()) {
      case "PRIVATE KEY" ->
          guarded(block.offset(), () -> pkcs8(PrivateKeyInfo.getInstance(parse(der))));
      case "RSA PRIVATE KEY" ->
          guarded(block.offset(), () -> RsaSigningKey.of(RSAPrivateKey.getInstance(parse(der))));
      case "EC PRIVATE KEY" ->
          guarded(block.offset(), () -> sec1(ECPrivateKey.getInstance(parse(der)), null));
      case "ENCRYPTED PRIVATE KEY" ->
          guarded(block.offset(), () -> encrypted(parse(der), passwords));
      default ->
          throw new KeyRefusedException(
              "a key of type " + block.label(),
              "convert it to PKCS#8: openssl pkey -in KEY -out NEW");
    };
  }

  /** Tells the structures apart by their first elements. */
  private static SigningKey der(ASN1Primitive value, Passwords passwords)
      throws KeyRefusedException {
    ASN1Sequence sequence = ASN1Sequence.getInstance(value);
    ASN1Encodable first = sequence.getObjectAt(0);
    ASN1Encodable second = sequence.getObjectAt(1);
    if (first instanceof ASN1Sequence && second instanceof ASN1OctetString) {
      return encrypted(value, passwords);
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
          "a PKCS#12 file", "name it with --keystore FILE --storetype PKCS12");
    }
    return pkcs8(PrivateKeyInfo.getInstance(sequence));
  }

  private static SigningKey encrypted(ASN1Primitive value, Passwords passwords)
      throws KeyRefusedException {
    byte[] plain = EncryptedPkcs8.decrypt(EncryptedPrivateKeyInfo.getInstance(value), passwords);
    try {
      return pkcs8(PrivateKeyInfo.getInstance(parse(Bytes.owning(plain))));
    } catch (RuntimeException e) {
      throw EncryptedPkcs8.wrongPassword();
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /** The key of a PKCS#8 structure, as a key store hands it out. */
  static SigningKey pkcs8(Bytes der) throws FormatException, KeyRefusedException {
    return guarded(0, () -> pkcs8(PrivateKeyInfo.getInstance(parse(der))));
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
    Optional<MlDsaSet> mlDsa = MlDsaSet.of(algorithm);
    if (mlDsa.isPresent()) {
      content = parse(Bytes.owning(info.getPrivateKey().getOctets()));
      return MlDsaSigningKey.of(mlDsa.get(), content);
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
