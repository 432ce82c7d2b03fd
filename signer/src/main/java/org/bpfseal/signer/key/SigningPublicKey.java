// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key;

import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bpfseal.verifier.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/** A public key of a kind that the kernel verifies with. */
public sealed interface SigningPublicKey {
  /** RSA with PKCS#1 v1.5 padding. */
  record Rsa(BigInteger modulus, BigInteger exponent) implements SigningPublicKey {
    /** Whole octets of the modulus: the length of a signature. */
    private static final List<Integer> KERNEL_OCTETS = List.of(128, 192, 256, 384, 512);

    /**
     * Refuses what the kernel's RSA code refuses when the key is used.
     *
     * <p>The kernel rounds the modulus up to 8 octets, knows six sizes, and wants a signature of
     * exactly that length, so 1985 to 2040 bits fail although they pass its size test. Its smallest
     * size, 512 bits, is refused here because anybody can factor it. Source: {@code
     * crypto/rsassa-pkcs1.c}, {@code lib/crypto/mpi/mpi-internal.h} and the specification's section
     * 3.5.
     */
    static Rsa checked(BigInteger modulus, BigInteger exponent) throws KeyRefusedException {
      int octets = (modulus.bitLength() + 7) / 8;
      if (!KERNEL_OCTETS.contains(octets)) {
        throw new KeyRefusedException(
            "an RSA key of " + modulus.bitLength() + " bits, which the kernel refuses",
            "use RSA with 2048, 3072 or 4096 bits, or EC on P-256 or P-384");
      }
      return new Rsa(modulus, exponent);
    }

    @Override
    public String describe() {
      return "RSA-" + modulus.bitLength();
    }

    @Override
    public Bytes canonical(Bytes signature) {
      return signature;
    }

    @Override
    public SubjectPublicKeyInfo info() throws IOException {
      return new SubjectPublicKeyInfo(
          new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
          new RSAPublicKey(modulus, exponent));
    }
  }

  /**
   * ECDSA.
   *
   * @param point uncompressed: {@code 04 || X || Y}
   */
  record Ec(Curve curve, Bytes point) implements SigningPublicKey {
    @Override
    public String describe() {
      return "EC " + curve.id();
    }

    @Override
    public Bytes canonical(Bytes signature) {
      return EcdsaSignature.toDer(curve, signature);
    }

    @Override
    public SubjectPublicKeyInfo info() {
      return new SubjectPublicKeyInfo(curve.algorithm(), point.toArray());
    }
  }

  /**
   * ML-DSA, pure and with an empty context. Kernels verify with it from 7.0 on, if they were built
   * to.
   *
   * @param encoded as in a certificate: RFC 9881, section 4
   */
  record MlDsa(MlDsaSet set, Bytes encoded) implements SigningPublicKey {
    @Override
    public String describe() {
      return set.id();
    }

    @Override
    public Bytes canonical(Bytes signature) {
      return signature;
    }

    /** RFC 9882, section 3.3: where nothing is hashed, SHA-512 is what should be named. */
    @Override
    public DigestAlgorithm named(DigestAlgorithm wanted) {
      return DigestAlgorithm.SHA_512;
    }

    @Override
    public SubjectPublicKeyInfo info() {
      return new SubjectPublicKeyInfo(set.algorithm(), encoded.toArray());
    }
  }

  /** Algorithm and size for messages, such as {@code RSA-2048}. */
  String describe();

  /**
   * A signature in the form that a message holds: for EC, two numbers of full length become DER.
   * What isn't well formed is given back as it is, and doesn't verify.
   */
  Bytes canonical(Bytes signature);

  /** The digest that a message names beside a signature by this key. */
  default DigestAlgorithm named(DigestAlgorithm wanted) {
    return wanted;
  }

  /** The key as a certificate holds it. RFC 5280, section 4.1. */
  SubjectPublicKeyInfo info() throws IOException;

  /** SHA-256 of the SubjectPublicKeyInfo: the key's name, whatever certificate it has. */
  default Bytes sha256() {
    try {
      return DigestAlgorithm.SHA_256.digest(Bytes.owning(info().getEncoded(ASN1Encoding.DER)));
    } catch (IOException e) {
      throw new IllegalStateException("encoding to memory failed", e);
    }
  }

  /** Whether this key's other half made that signature, in canonical form, of that payload. */
  default boolean verifies(DigestAlgorithm digest, Payload payload, Bytes signature) {
    return SignatureCheck.verifies(this, digest, payload, signature);
  }

  /**
   * The key of a certificate.
   *
   * @throws KeyRefusedException if the kernel can't verify with a key of this kind
   * @throws IllegalArgumentException if the key isn't well formed
   */
  static SigningPublicKey of(SubjectPublicKeyInfo info) throws KeyRefusedException {
    ASN1ObjectIdentifier algorithm = info.getAlgorithm().getAlgorithm();
    if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
      RSAPublicKey rsa = RSAPublicKey.getInstance(info.getPublicKeyData().getOctets());
      return Rsa.checked(rsa.getModulus(), rsa.getPublicExponent());
    }
    if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
      return point(
          curve(info.getAlgorithm().getParameters()),
          Bytes.of(info.getPublicKeyData().getOctets()));
    }
    Optional<MlDsaSet> mlDsa = MlDsaSet.of(algorithm);
    if (mlDsa.isPresent()) {
      Bytes encoded = Bytes.of(info.getPublicKeyData().getOctets());
      if (encoded.size() != mlDsa.get().keySize()) {
        throw new IllegalArgumentException("a key of another length");
      }
      return new MlDsa(mlDsa.get(), encoded);
    }
    throw unsupported(algorithm);
  }

  /**
   * An RSA key of its two numbers.
   *
   * @throws KeyRefusedException if the kernel can't verify with a key of this size
   */
  static SigningPublicKey rsa(BigInteger modulus, BigInteger exponent) throws KeyRefusedException {
    return Rsa.checked(modulus, exponent);
  }

  /**
   * An EC key.
   *
   * @param point uncompressed: {@code 04 || X || Y}
   * @throws KeyRefusedException if the kernel can't verify with such a key
   */
  static SigningPublicKey ec(ASN1ObjectIdentifier curve, Bytes point) throws KeyRefusedException {
    return point(curve(curve), point);
  }

  /** The named curve of an algorithm identifier's parameters. */
  static Curve curve(@Nullable Object parameters) throws KeyRefusedException {
    if (parameters instanceof ASN1ObjectIdentifier oid) {
      Optional<Curve> curve = Curve.of(oid);
      if (curve.isPresent()) {
        return curve.get();
      }
    }
    throw new KeyRefusedException(
        "an EC key on " + (parameters instanceof ASN1ObjectIdentifier oid ? oid : "no named curve"),
        "the kernel verifies with named curves P-256, P-384 and P-521");
  }

  /** The refusal of a key that is neither RSA nor EC nor ML-DSA. */
  static KeyRefusedException unsupported(ASN1ObjectIdentifier algorithm) {
    String name;
    if (algorithm.equals(PKCSObjectIdentifiers.id_RSASSA_PSS)) {
      name = "an RSA key bound to PSS padding";
    } else if (algorithm.equals(EdECObjectIdentifiers.id_Ed25519)) {
      name = "an Ed25519 key";
    } else if (algorithm.equals(EdECObjectIdentifiers.id_Ed448)) {
      name = "an Ed448 key";
    } else {
      name = "a key of algorithm " + algorithm;
    }
    return new KeyRefusedException(
        name + ", which the kernel can't verify with",
        "use an RSA key (rsaEncryption) with 2048 to 4096 bits, or EC on P-256 or P-384");
  }

  private static Ec point(Curve curve, Bytes point) throws KeyRefusedException {
    if (point.isEmpty() || point.at(0) != 4) {
      throw new KeyRefusedException(
          "an EC public key that isn't an uncompressed point, which the kernel refuses",
          "make the certificate again with openssl's -pkeyopt ec_point_format uncompressed");
    }
    return new Ec(curve, point);
  }
}
