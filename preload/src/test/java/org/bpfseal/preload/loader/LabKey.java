// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.loader;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bpfseal.verifier.bytes.Bytes;

/** A key and a self-signed certificate for one test run, made and used by openssl. */
record LabKey(Path folder) {
  static LabKey makeIn(Path folder) throws IOException {
    Files.createDirectories(folder);
    LabKey key = new LabKey(folder);
    HostCommand.outputOf(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "3650",
        "-subj",
        "/CN=bpfseal boot test " + folder.getFileName(),
        "-addext",
        "subjectKeyIdentifier=hash",
        "-keyout",
        key.privateKey(),
        "-out",
        key.certificate());
    return key;
  }

  Path privateKey() {
    return folder.resolve("key.pem");
  }

  Path certificate() {
    return folder.resolve("cert.pem");
  }

  Bytes der() {
    return HostCommand.outputOf("openssl", "x509", "-in", certificate(), "-outform", "DER");
  }

  /** Detached CMS over the content, as the kernel takes it. */
  Bytes sign(Bytes content) {
    Path file = folder.resolve("content");
    Path signature = folder.resolve("content.p7s");
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
