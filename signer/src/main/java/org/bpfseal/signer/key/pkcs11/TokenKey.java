// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key.pkcs11;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bpfseal.signer.key.CertificateReader;
import org.bpfseal.signer.key.DigestAlgorithm;
import org.bpfseal.signer.key.ExternalSigningKey;
import org.bpfseal.signer.key.KeyMaterial;
import org.bpfseal.signer.key.KeyRefusedException;
import org.bpfseal.signer.key.Passwords;
import org.bpfseal.signer.key.Payload;
import org.bpfseal.signer.key.SigningCertificate;
import org.bpfseal.signer.key.SigningPublicKey;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/** Opens the one private key that a URI names; digests are made in software, the token signs. */
public final class TokenKey implements ExternalSigningKey.Holder {
  private static final long RSA = 0;
  private static final long EC = 3;

  private final Token token;
  private final TokenObject object;
  private final SigningPublicKey publicKey;

  private TokenKey(Token token, TokenObject object, SigningPublicKey publicKey) {
    this.token = token;
    this.object = object;
    this.publicKey = publicKey;
  }

  /**
   * The key, and its certificate if it is on the token too.
   *
   * @param certificate that the caller has; its public key stands in where the token has none
   */
  public static KeyMaterial open(
      Path module, Pkcs11Uri uri, Passwords passwords, Optional<SigningCertificate> certificate)
      throws KeyRefusedException {
    try {
      Token token = Token.open(Cryptoki.load(module), uri, passwords);
      try {
        return open(token, uri, certificate);
      } catch (KeyRefusedException | CryptokiException | RuntimeException e) {
        token.session().close();
        throw e;
      }
    } catch (CryptokiException e) {
      throw new KeyRefusedException(String.valueOf(e.getMessage()), e.hint());
    }
  }

  private static KeyMaterial open(
      Token token, Pkcs11Uri uri, Optional<SigningCertificate> certificate)
      throws KeyRefusedException, CryptokiException {
    TokenObject object = choose(token, uri);
    if (token
        .session()
        .attribute(object.handle(), TokenSession.ALWAYS_AUTHENTICATE)
        .filter(Bytes.of((byte) 1)::equals)
        .isPresent()) {
      throw new KeyRefusedException(
          "key " + object.describe() + " wants its PIN before each signature",
          "keep the release key without CKA_ALWAYS_AUTHENTICATE, or sign in two phases:"
              + " bpf-sign digest, bpf-sign attach");
    }
    Optional<SigningCertificate> onToken = certificate(token, object);
    Optional<SigningPublicKey> publicKey = publicKey(token, object);
    if (publicKey.isEmpty()) {
      publicKey = onToken.or(() -> certificate).map(SigningCertificate::publicKey);
    }
    if (publicKey.isEmpty()) {
      throw new KeyRefusedException(
          "neither public key nor certificate beside key " + object.describe(),
          "give the certificate with --cert");
    }
    TokenKey key = new TokenKey(token, object, publicKey.get());
    return new KeyMaterial(new ExternalSigningKey(publicKey.get(), key), onToken);
  }

  private static TokenObject choose(Token token, Pkcs11Uri uri)
      throws KeyRefusedException, CryptokiException {
    TokenSession session = token.session();
    List<TokenObject> keys = session.find(TokenSession.PRIVATE_KEY, uri.text("object"), uri.id());
    if (keys.size() == 1) {
      return keys.getFirst();
    }
    if (keys.size() > 1) {
      throw new KeyRefusedException(
          keys.size() + " private keys fit the URI: " + list(keys), "add id= or object= to it");
    }
    List<TokenObject> all =
        session.find(TokenSession.PRIVATE_KEY, Optional.empty(), Optional.empty());
    throw new KeyRefusedException(
        "no such private key on " + token.info().describe(),
        all.isEmpty() ? "the token shows no private key at all" : "there: " + list(all));
  }

  private static String list(List<TokenObject> keys) {
    return keys.stream().map(TokenObject::describe).sorted().collect(Collectors.joining(", "));
  }

  /** A certificate belongs to a key by CKA_ID; one that can't be read is as good as none. */
  private static Optional<SigningCertificate> certificate(Token token, TokenObject key)
      throws CryptokiException {
    if (key.id().isEmpty()) {
      return Optional.empty();
    }
    for (TokenObject found :
        token.session().find(TokenSession.CERTIFICATE, Optional.empty(), Optional.of(key.id()))) {
      Optional<Bytes> der = token.session().attribute(found.handle(), TokenSession.VALUE);
      if (der.isPresent()) {
        try {
          return Optional.of(CertificateReader.read(der.get()));
        } catch (FormatException | KeyRefusedException e) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  /** RSA: from the private key's own attributes. EC: from the public key of the same CKA_ID. */
  private static Optional<SigningPublicKey> publicKey(Token token, TokenObject key)
      throws KeyRefusedException, CryptokiException {
    TokenSession session = token.session();
    long type = session.number(key.handle(), TokenSession.KEY_TYPE).orElse(-1L);
    if (type == RSA) {
      Optional<Bytes> modulus = session.attribute(key.handle(), TokenSession.MODULUS);
      Optional<Bytes> exponent = session.attribute(key.handle(), TokenSession.PUBLIC_EXPONENT);
      return modulus.isEmpty() || exponent.isEmpty()
          ? Optional.empty()
          : Optional.of(SigningPublicKey.rsa(unsigned(modulus.get()), unsigned(exponent.get())));
    }
    if (type != EC) {
      throw new KeyRefusedException(
          "key " + key.describe() + " is neither RSA nor EC, which the kernel can't verify with",
          "use an RSA key with 2048 to 4096 bits, or EC on P-256 or P-384");
    }
    for (TokenObject half :
        session.find(TokenSession.PUBLIC_KEY, Optional.empty(), Optional.of(key.id()))) {
      Optional<Bytes> point = session.attribute(half.handle(), TokenSession.EC_POINT);
      Optional<Bytes> curve = session.attribute(half.handle(), TokenSession.EC_PARAMETERS);
      if (point.isPresent() && curve.isPresent()) {
        return Optional.of(ec(curve.get(), point.get()));
      }
    }
    return Optional.empty();
  }

  private static BigInteger unsigned(Bytes value) {
    return new BigInteger(1, value.toArray());
  }

  private static SigningPublicKey ec(Bytes curve, Bytes point) throws KeyRefusedException {
    try {
      ASN1ObjectIdentifier oid =
          ASN1ObjectIdentifier.getInstance(ASN1Primitive.fromByteArray(curve.toArray()));
      Bytes octets =
          Bytes.owning(
              ASN1OctetString.getInstance(ASN1Primitive.fromByteArray(point.toArray()))
                  .getOctets());
      return SigningPublicKey.ec(oid, octets);
    } catch (IOException | RuntimeException e) {
      throw new KeyRefusedException("the token's EC public key is malformed", "");
    }
  }

  @Override
  public Bytes sign(DigestAlgorithm digest, Payload payload) throws KeyRefusedException {
    try {
      TokenSession session = token.session();
      return switch (publicKey) {
        case SigningPublicKey.Rsa rsa ->
            session.sign(TokenSession.RSA_PKCS, object.handle(), digest.digestInfo(payload));
        case SigningPublicKey.Ec ec ->
            session.sign(TokenSession.ECDSA, object.handle(), digest.digest(payload));
        case SigningPublicKey.MlDsa mlDsa ->
            throw new KeyRefusedException(
                "ML-DSA on a token, which isn't supported",
                "bpf-sign digest --form payload, sign that with the token's own tool, attach");
      };
    } catch (CryptokiException e) {
      throw new KeyRefusedException(token.info().describe() + ": " + e.getMessage(), e.hint());
    }
  }

  @Override
  public void close() {
    token.session().close();
  }

  @Override
  public String toString() {
    return "key on " + token.info().describe();
  }
}
