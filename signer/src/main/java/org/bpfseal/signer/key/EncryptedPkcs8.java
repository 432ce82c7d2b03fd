// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.misc.MiscObjectIdentifiers;
import org.bouncycastle.asn1.misc.ScryptParams;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.generators.SCrypt;

/**
 * PKCS#8's own encryption: PBES2 (RFC 8018, section 6.2) with PBKDF2 or scrypt (RFC 7914), and AES
 * or triple DES in CBC mode. What it replaced (PBES1) is refused.
 *
 * <p>The file says how long the password is stretched, so that is bounded here.
 */
final class EncryptedPkcs8 {
  private static final BigInteger MOST_ITERATIONS = BigInteger.valueOf(5_000_000);
  private static final BigInteger MOST_SCRYPT_BYTES = BigInteger.valueOf(48 << 20);

  /** OWASP's advice of 2023 for PBKDF2 with HMAC-SHA-256. */
  private static final int ITERATIONS = 600_000;

  private static final AlgorithmIdentifier HMAC_SHA_256 =
      new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE);

  private EncryptedPkcs8() {}

  /**
   * The PKCS#8 structure inside; the caller wipes it.
   *
   * @throws KeyRefusedException if the password is wrong or the encryption isn't one of these
   * @throws RuntimeException if the structure isn't well formed
   */
  static byte[] decrypt(EncryptedPrivateKeyInfo info, Passwords passwords)
      throws KeyRefusedException {
    if (!info.getEncryptionAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2)) {
      throw unsupported("scheme " + info.getEncryptionAlgorithm().getAlgorithm());
    }
    PBES2Parameters parameters =
        PBES2Parameters.getInstance(info.getEncryptionAlgorithm().getParameters());
    EncryptionScheme scheme = parameters.getEncryptionScheme();
    int keySize = keySize(scheme.getAlgorithm());
    byte[] key = stretch(parameters.getKeyDerivationFunc(), keySize, passwords);
    try {
      String cipherName = keySize == 24 && !isAes(scheme.getAlgorithm()) ? "DESede" : "AES";
      Cipher cipher = Cipher.getInstance(cipherName + "/CBC/PKCS5Padding");
      byte[] iv = ASN1OctetString.getInstance(scheme.getParameters()).getOctets();
      cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, cipherName), new IvParameterSpec(iv));
      return cipher.doFinal(info.getEncryptedData());
    } catch (GeneralSecurityException e) {
      throw wrongPassword();
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** Encrypts a PKCS#8 structure: PBKDF2 with HMAC-SHA-256, AES-256 in CBC mode. */
  static byte[] encrypt(byte[] plain, Secret password) {
    byte[] salt = new byte[16];
    byte[] iv = new byte[16];
    SecureRandom random = new SecureRandom();
    random.nextBytes(salt);
    random.nextBytes(iv);
    PBEKeySpec spec = new PBEKeySpec(password.chars(), salt, ITERATIONS, 256);
    try {
      byte[] key =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
      Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
      Arrays.fill(key, (byte) 0);
      PBES2Parameters parameters =
          new PBES2Parameters(
              new KeyDerivationFunc(
                  PKCSObjectIdentifiers.id_PBKDF2,
                  new PBKDF2Params(salt, ITERATIONS, 32, HMAC_SHA_256)),
              new EncryptionScheme(NISTObjectIdentifiers.id_aes256_CBC, new DEROctetString(iv)));
      return new EncryptedPrivateKeyInfo(
              new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBES2, parameters),
              cipher.doFinal(plain))
          .getEncoded(ASN1Encoding.DER);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("every JDK has PBKDF2 and AES", e);
    } finally {
      spec.clearPassword();
    }
  }

  static KeyRefusedException wrongPassword() {
    return new KeyRefusedException("wrong password for the key", "");
  }

  private static byte[] stretch(KeyDerivationFunc function, int keySize, Passwords passwords)
      throws KeyRefusedException {
    if (function.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBKDF2)) {
      return pbkdf2(PBKDF2Params.getInstance(function.getParameters()), keySize, passwords);
    }
    if (function.getAlgorithm().equals(MiscObjectIdentifiers.id_scrypt)) {
      return scrypt(ScryptParams.getInstance(function.getParameters()), keySize, passwords);
    }
    throw unsupported("key derivation " + function.getAlgorithm());
  }

  private static byte[] pbkdf2(PBKDF2Params parameters, int keySize, Passwords passwords)
      throws KeyRefusedException {
    BigInteger iterations = parameters.getIterationCount();
    if (iterations.signum() <= 0 || iterations.compareTo(MOST_ITERATIONS) > 0) {
      throw unsupported(iterations + " iterations");
    }
    String name = "PBKDF2WithHmac" + hash(parameters.getPrf().getAlgorithm());
    try (Secret password = passwords.get("password of the key")) {
      PBEKeySpec spec =
          new PBEKeySpec(
              password.chars(), parameters.getSalt(), iterations.intValueExact(), keySize * 8);
      try {
        return SecretKeyFactory.getInstance(name).generateSecret(spec).getEncoded();
      } finally {
        spec.clearPassword();
      }
    } catch (GeneralSecurityException e) {
      throw unsupported(name);
    }
  }

  private static byte[] scrypt(ScryptParams parameters, int keySize, Passwords passwords)
      throws KeyRefusedException {
    BigInteger memory =
        parameters
            .getCostParameter()
            .multiply(parameters.getBlockSize())
            .multiply(parameters.getParallelizationParameter())
            .shiftLeft(7);
    if (memory.signum() <= 0 || memory.compareTo(MOST_SCRYPT_BYTES) > 0) {
      throw unsupported("scrypt with " + memory + " bytes");
    }
    byte[][] key = new byte[1][];
    try (Secret password = passwords.get("password of the key")) {
      password.useUtf8(
          bytes ->
              key[0] =
                  SCrypt.generate(
                      bytes,
                      parameters.getSalt(),
                      parameters.getCostParameter().intValueExact(),
                      parameters.getBlockSize().intValueExact(),
                      parameters.getParallelizationParameter().intValueExact(),
                      keySize));
    }
    return key[0];
  }

  private static String hash(ASN1ObjectIdentifier prf) throws KeyRefusedException {
    if (prf.equals(PKCSObjectIdentifiers.id_hmacWithSHA1)) {
      return "SHA1";
    } else if (prf.equals(PKCSObjectIdentifiers.id_hmacWithSHA256)) {
      return "SHA256";
    } else if (prf.equals(PKCSObjectIdentifiers.id_hmacWithSHA384)) {
      return "SHA384";
    } else if (prf.equals(PKCSObjectIdentifiers.id_hmacWithSHA512)) {
      return "SHA512";
    }
    throw unsupported("PBKDF2 with " + prf);
  }

  private static boolean isAes(ASN1ObjectIdentifier cipher) {
    return cipher.on(NISTObjectIdentifiers.aes);
  }

  private static int keySize(ASN1ObjectIdentifier cipher) throws KeyRefusedException {
    if (cipher.equals(NISTObjectIdentifiers.id_aes128_CBC)) {
      return 16;
    } else if (cipher.equals(NISTObjectIdentifiers.id_aes256_CBC)) {
      return 32;
    } else if (cipher.equals(NISTObjectIdentifiers.id_aes192_CBC)
        || cipher.equals(PKCSObjectIdentifiers.des_EDE3_CBC)) {
      return 24;
    }
    throw unsupported("cipher " + cipher);
  }

  private static KeyRefusedException unsupported(String what) {
    return new KeyRefusedException(
        "a key encrypted with " + what + ", which isn't read here",
        "encrypt it anew: openssl pkcs8 -topk8 -v2 aes-256-cbc -in KEY -out NEW");
  }
}
