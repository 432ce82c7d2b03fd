// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate in a file, with its key, so that it can issue another. */
record TestCertificates(Path file, String name, KeyPair keys) {
  /** One that the given one issued; itself where none is given. */
  static TestCertificates issued(Path folder, String name, TestCertificates... by)
      throws IOException, GeneralSecurityException, OperatorException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair keys = generator.generateKeyPair();
    TestCertificates made = new TestCertificates(folder.resolve(name + ".der"), name, keys);
    TestCertificates issuer = by.length == 0 ? made : by[0];
    JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
    var builder =
        new JcaX509v3CertificateBuilder(
                new X500Name("CN=" + issuer.name()),
                BigInteger.ONE,
                Date.from(Instant.parse("2026-01-01T00:00:00Z")),
                Date.from(Instant.parse("2036-01-01T00:00:00Z")),
                new X500Name("CN=" + name),
                keys.getPublic())
            .addExtension(
                Extension.subjectKeyIdentifier,
                false,
                ids.createSubjectKeyIdentifier(keys.getPublic()))
            .addExtension(
                Extension.authorityKeyIdentifier,
                false,
                ids.createAuthorityKeyIdentifier(issuer.keys().getPublic()));
    var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.keys().getPrivate());
    Files.write(made.file(), builder.build(signer).getEncoded());
    return made;
  }
}
