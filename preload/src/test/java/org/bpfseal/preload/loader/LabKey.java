// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.loader;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bpfseal.testing.HostCommand;
import org.bpfseal.testing.Lab;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * A key of {@code keys-example} in the hands of openssl.
 *
 * @param name of the key
 * @param scratch folder for what openssl reads and writes
 */
public record LabKey(String name, Path scratch) {
  public Path privateKey() {
    return Lab.repository().resolve("keys-example").resolve(name + ".key");
  }

  public Path certificate() {
    return Lab.repository().resolve("keys-example").resolve(name + ".crt");
  }

  public Bytes der() {
    return HostCommand.outputOf("openssl", "x509", "-in", certificate(), "-outform", "DER");
  }

  /** A certificate of the same key, but signed by another one. */
  public Bytes derIssuedBy(LabKey issuer) {
    Path request = scratch.resolve("issued.csr");
    Path extensions = scratch.resolve("issued.ext");
    Path issued = scratch.resolve("issued.der");
    try {
      Files.writeString(extensions, "subjectKeyIdentifier=hash\n");
      HostCommand.outputOf(
          "openssl", "req", "-new", "-key", privateKey(), "-subj", "/CN=" + name, "-out", request);
      HostCommand.outputOf(
          "openssl",
          "x509",
          "-req",
          "-in",
          request,
          "-CA",
          issuer.certificate(),
          "-CAkey",
          issuer.privateKey(),
          "-set_serial",
          "1",
          "-extfile",
          extensions,
          "-sha256",
          "-outform",
          "DER",
          "-out",
          issued);
      return Bytes.owning(Files.readAllBytes(issued));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Detached CMS over the content, as the kernel takes it. */
  public Bytes sign(Bytes content) {
    Path file = scratch.resolve("content");
    Path signature = scratch.resolve("content.p7s");
    try {
      Files.write(file, content.toArray());
      HostCommand.outputOf(
          "openssl",
          "cms",
          "-sign",
          "-binary",
          "-noattr",
          "-nocerts",
          "-keyid",
          "-nosmimecap",
          "-md",
          "sha256",
          "-outform",
          "DER",
          "-signer",
          certificate(),
          "-inkey",
          privateKey(),
          "-in",
          file,
          "-out",
          signature);
      return Bytes.owning(Files.readAllBytes(signature));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
