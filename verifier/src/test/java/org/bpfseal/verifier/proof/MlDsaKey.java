// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.security.SecureRandom;
import java.util.Random;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.generators.MLDSAKeyPairGenerator;
import org.bouncycastle.crypto.params.MLDSAKeyGenerationParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.bpfseal.verifier.bytes.Bytes;

/** A key for ML-DSA (FIPS 204). */
record MlDsaKey(String oid, AsymmetricCipherKeyPair pair) implements LabKey {
  static MlDsaKey make(int level, Random random) {
    MLDSAKeyPairGenerator generator = new MLDSAKeyPairGenerator();
    MLDSAParameters parameters =
        switch (level) {
          case 44 -> MLDSAParameters.ml_dsa_44;
          case 65 -> MLDSAParameters.ml_dsa_65;
          default -> MLDSAParameters.ml_dsa_87;
        };
    int last =
        switch (level) {
          case 44 -> 17;
          case 65 -> 18;
          default -> 19;
        };
    generator.init(new MLDSAKeyGenerationParameters(new Seeded(random.nextLong()), parameters));
    return new MlDsaKey("2.16.840.1.101.3.4.3." + last, generator.generateKeyPair());
  }

  /** Random octets that follow from a seed. */
  private static final class Seeded extends SecureRandom {
    private static final long serialVersionUID = 1;
    private final Random random;

    Seeded(long seed) {
      random = new Random(seed);
    }

    @Override
    public void nextBytes(byte[] bytes) {
      random.nextBytes(bytes);
    }
  }

  @Override
  public Node publicKey() {
    return Der.sequence(
        Der.algorithm(oid),
        Der.bits(Bytes.owning(((MLDSAPublicKeyParameters) pair.getPublic()).getEncoded())));
  }

  @Override
  public Node certificateAlgorithm(Hash hash) {
    return Der.algorithm(oid);
  }

  @Override
  public Node messageAlgorithm(Hash hash) {
    return Der.algorithm(oid);
  }

  @Override
  public Bytes sign(Hash hash, Bytes message, long flaw) {
    MLDSASigner signer = new MLDSASigner();
    signer.init(true, pair.getPrivate());
    signer.update(message.toArray(), 0, message.size());
    try {
      Bytes signature = Bytes.owning(signer.generateSignature());
      return flaw == 0 ? signature : RsaFlaw.flipped(signature, new Random(flaw), 0);
    } catch (CryptoException e) {
      throw new IllegalStateException(e);
    }
  }
}
