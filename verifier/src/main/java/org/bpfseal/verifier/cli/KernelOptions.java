// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.util.ArrayList;
import java.util.List;
import org.bpfseal.verifier.CryptoModule;
import org.bpfseal.verifier.KernelFeature;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.KernelRelease;
import picocli.CommandLine.Option;

/** Which kernel, or kernels, is asked. */
public final class KernelOptions {
  private static final String NEWEST = "7.3";

  @Option(
      names = "--kernel",
      paramLabel = "VERSION",
      split = ",",
      description =
          "Series or release of Debian's cloud kernel, such as 6.18 or 7.3.4; default 7.3.")
  List<String> releases = List.of(NEWEST);

  @Option(
      names = "--crypto-modules",
      paramLabel = "MODULE",
      split = ",",
      description = "Crypto modules that are loaded: ${COMPLETION-CANDIDATES}.")
  List<CryptoModule> modules = List.of();

  @Option(names = "--fips", description = "The kernel runs in FIPS mode.")
  boolean fips;

  @Option(
      names = "--blacklist",
      paramLabel = "HASH",
      split = ",",
      description = "Blacklisted hash: tbs: or bin: and lower-case hex.")
  List<String> blacklist = List.of();

  /** One profile a kernel, in the order given. */
  public List<KernelProfile> profiles() throws CommandFailure {
    List<KernelProfile> profiles = new ArrayList<>();
    for (String text : releases) {
      profiles.add(profile(text));
    }
    return profiles;
  }

  /** The one kernel that is asked. */
  KernelProfile single() throws CommandFailure {
    List<KernelProfile> profiles = profiles();
    if (profiles.size() != 1) {
      throw new CommandFailure(
          ExitCode.USAGE, "--kernel: expected one kernel, found " + profiles.size());
    }
    return profiles.getFirst();
  }

  private KernelProfile profile(String text) throws CommandFailure {
    KernelRelease release =
        KernelRelease.parse(text)
            .orElseThrow(
                () ->
                    new CommandFailure(
                        ExitCode.USAGE,
                        "--kernel: expected a release, found \"" + text + "\"",
                        "for example 7.3, 7.3.4 or 7.3.4+deb13-cloud-amd64"));
    KernelProfile.Builder builder = KernelProfile.debianCloud(release).toBuilder();
    modules.forEach(builder::module);
    blacklist.forEach(builder::blacklist);
    if (fips) {
      builder.with(KernelFeature.FIPS);
    }
    return builder.build();
  }
}
