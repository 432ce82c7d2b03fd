// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which kernels judge, and with which keys. */
final class TrustOptions {
  @Option(
      names = "--cert",
      paramLabel = "CERT",
      required = true,
      description = "certificates of the keyring, PEM or DER; may be repeated")
  List<Path> certificates;

  @Mixin KernelOptions kernels;

  @Option(
      names = "--keyring",
      paramLabel = "KEYRING",
      defaultValue = "user",
      description = "where the certificates are: ${COMPLETION-CANDIDATES} (default: user)")
  KeyringName keyring;

  List<KernelTrust> kernels() throws IOException, FormatException, CommandFailure {
    List<Bytes> keys = new ArrayList<>();
    for (Path file : certificates) {
      keys.addAll(CertificateFile.read(file));
    }
    List<KernelTrust> trusts = new ArrayList<>();
    for (KernelProfile profile : kernels.profiles()) {
      trusts.add(KernelTrust.of(profile, keyring, keys));
    }
    return trusts;
  }
}
