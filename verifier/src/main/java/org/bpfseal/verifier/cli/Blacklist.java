// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bpfseal.verifier.KernelFeature;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.SystemKeyring;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.keyring.BlacklistReader;
import org.bpfseal.verifier.keyring.Keyring;
import org.bpfseal.verifier.x509.CertificateFileReader;

/**
 * What {@code --blacklist} gives: hashes, and certificates of the revocation list.
 *
 * @param hashes {@code tbs:HEX} and {@code bin:HEX}
 */
record Blacklist(List<String> hashes, List<CertificateFile> revoked) {
  private static final int LIMIT = 4 << 20;

  /** Reads the option's values: hashes themselves, files of hashes, or certificates. */
  static Blacklist read(List<String> values) throws IOException, FormatException, CommandFailure {
    Blacklist all = new Blacklist(new ArrayList<>(), new ArrayList<>());
    for (String value : values) {
      all.add(value);
    }
    return all;
  }

  private void add(String value) throws IOException, FormatException, CommandFailure {
    if (BlacklistReader.recognises(value)) {
      hashes.addAll(entries(value, Bytes.utf8(value), ExitCode.USAGE));
      return;
    }
    Path path = Path.of(value);
    if (Files.isDirectory(path)) {
      revoked.addAll(CertificateFile.read(path));
      return;
    }
    Bytes content = InputFile.read(path, LIMIT);
    if (CertificateFileReader.recognises(content)) {
      revoked.addAll(CertificateFile.read(path));
    } else {
      hashes.addAll(entries(value, content, ExitCode.UNREADABLE));
    }
  }

  private static List<String> entries(String name, Bytes text, ExitCode otherwise)
      throws CommandFailure {
    try {
      return BlacklistReader.read(text);
    } catch (FormatException e) {
      throw new CommandFailure(otherwise, "--blacklist " + name + ": " + e.getMessage());
    }
  }

  /**
   * The kernel with this in its blacklist. What is given is taken to be there, whatever the kernel
   * is built with: it can only make the answer a refusal.
   */
  KernelProfile in(KernelProfile profile) throws CommandFailure {
    KernelProfile.Builder builder = profile.toBuilder();
    if (!revoked.isEmpty()) {
      Keyring.Builder ring = profile.keyring(SystemKeyring.REVOKED).toBuilder();
      KernelKeys.add(profile, ring, revoked);
      builder.keyring(SystemKeyring.REVOKED, ring.build()).with(KernelFeature.REVOCATION_LIST);
    }
    if (!hashes.isEmpty()) {
      hashes.forEach(builder::blacklist);
      builder.with(KernelFeature.BLACKLIST_KEYRING);
    }
    return builder.build();
  }
}
