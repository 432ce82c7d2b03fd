// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.bytes.FormatException;

/** Which kernels judge, and with which keys. */
final class TrustOptions {
  private final Given<List<Path>> certificates;
  private final KernelOptions kernels;
  private final KeyringOptions keyrings;

  TrustOptions(Syntax syntax) {
    certificates =
        syntax
            .option(
                "--cert",
                "CERT",
                "certificates of the keyring that the load names, PEM or DER, a file",
                "or a directory; may be repeated")
            .paths();
    kernels = new KernelOptions(syntax);
    keyrings = new KeyringOptions(syntax);
  }

  /**
   * The kernels that judge.
   *
   * @param host what the running one tells of its keyrings; empty if that one isn't asked
   */
  record Trust(List<KernelTrust> kernels, List<HostKeys.Row> host) {}

  Trust trust() throws IOException, FormatException, CommandFailure {
    Map<KeyringName, List<CertificateFile>> keys = keyrings.certificates();
    KeyringName named = named(keys);
    for (Path path : certificates.value()) {
      keys.computeIfAbsent(named, name -> new ArrayList<>()).addAll(CertificateFile.read(path));
    }
    Optional<HostKeyrings> host = kernels.hostKeyrings();
    List<KernelProfile> profiles = kernels.profiles();
    HostKeys counting =
        host.isPresent()
            ? HostKeys.of(profiles.getFirst(), host.get(), named, keys)
            : HostKeys.unasked(keys);
    List<KernelTrust> trusts = new ArrayList<>();
    for (KernelProfile profile : profiles) {
      trusts.add(KernelTrust.of(profile, named, counting.certificates()));
    }
    return new Trust(trusts, counting.rows());
  }

  private KeyringName named(Map<KeyringName, List<CertificateFile>> keys) throws CommandFailure {
    if (keys.isEmpty() && certificates.value().isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE, "no certificate is given", "--cert CERT or --keyring NAME=PATH");
    }
    Optional<KeyringName> named = keyrings.named();
    if (named.isPresent()) {
      return named.get();
    }
    if (!certificates.value().isEmpty()) {
      return KeyringName.USER;
    }
    if (keys.size() > 1) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "several keyrings are given",
          "--keyring NAME, without a path, is the one that the load names");
    }
    return keys.keySet().iterator().next();
  }
}
