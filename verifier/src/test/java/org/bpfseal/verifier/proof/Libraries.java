// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bpfseal.testing.HostCommand;
import org.bpfseal.verifier.bytes.Bytes;

/** The judgement of two CMS libraries, asked as kindly as they can be. */
final class Libraries {
  private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

  private Libraries() {}

  /**
   * {@code openssl cms -verify} with the keyring's certificates as trust anchors, be they roots or
   * not.
   */
  static boolean opensslAccepts(Difference one, Path folder) {
    try {
      Path content = Files.write(folder.resolve("content"), Difference.CONTENT.toArray());
      Path message = Files.write(folder.resolve("message"), one.message().toArray());
      List<String> pem = new ArrayList<>();
      for (Bytes certificate : one.ring()) {
        pem.add("-----BEGIN CERTIFICATE-----");
        pem.add(Base64.getMimeEncoder().encodeToString(certificate.toArray()));
        pem.add("-----END CERTIFICATE-----");
      }
      Path ring = Files.write(folder.resolve("ring"), pem);
      return HostCommand.run(
                  Map.of(),
                  "openssl",
                  "cms",
                  "-verify",
                  "-binary",
                  "-inform",
                  "DER",
                  "-in",
                  message,
                  "-content",
                  content,
                  "-CAfile",
                  ring,
                  "-certfile",
                  ring,
                  "-partial_chain",
                  "-no-CApath",
                  "-no-CAstore",
                  "-purpose",
                  "any",
                  "-out",
                  folder.resolve("out"))
              .exitCode()
          == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether Bouncy Castle verifies each signer with a certificate of the message or the ring. */
  static boolean bouncyCastleAccepts(Difference one) {
    try {
      CMSSignedData message =
          new CMSSignedData(
              new CMSProcessableByteArray(Difference.CONTENT.toArray()), one.message().toArray());
      Collection<SignerInformation> signers = message.getSignerInfos().getSigners();
      for (SignerInformation signer : signers) {
        if (!verifies(signer, message, one)) {
          return false;
        }
      }
      return !signers.isEmpty();
    } catch (CMSException | IOException | IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean verifies(SignerInformation signer, CMSSignedData message, Difference one)
      throws CMSException, IOException {
    List<X509CertificateHolder> candidates =
        new ArrayList<>(message.getCertificates().getMatches(null));
    for (Bytes certificate : one.ring()) {
      candidates.add(new X509CertificateHolder(certificate.toArray()));
    }
    for (X509CertificateHolder candidate : candidates) {
      if (signer.getSID().match(candidate) && verifies(signer, candidate)) {
        return true;
      }
    }
    return false;
  }

  private static boolean verifies(SignerInformation signer, X509CertificateHolder candidate)
      throws CMSException {
    try {
      return signer.verify(
          new JcaSimpleSignerInfoVerifierBuilder().setProvider(PROVIDER).build(candidate));
    } catch (OperatorCreationException | java.security.cert.CertificateException e) {
      return false;
    }
  }
}
