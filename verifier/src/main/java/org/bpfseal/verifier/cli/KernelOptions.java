// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.CryptoModule;
import org.bpfseal.verifier.KernelConfig;
import org.bpfseal.verifier.KernelFeature;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.KernelRelease;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * Which kernel, or kernels, is asked: by release, by its configuration file, or the running one.
 */
public final class KernelOptions {
  private static final String NEWEST = "7.3";
  private static final int CONFIG_LIMIT = 4 << 20;
  private static final HostFiles HOST = new HostFiles(Path.of("/"));

  private final Given<List<String>> releases;
  private final Given<Path> config;
  private final Given<Boolean> host;
  private final Given<List<CryptoModule>> modules;
  private final Given<Boolean> fips;
  private final Given<List<String>> blacklist;

  KernelOptions(Syntax syntax) {
    releases =
        syntax
            .option(
                "--kernel",
                "VERSION",
                "Series or release of Debian's cloud kernel, such as 6.18 or 7.3.4;",
                "with --kernel-config of that kernel. Default: 7.3.")
            .list(List.of());
    config =
        syntax
            .option(
                "--kernel-config",
                "FILE",
                "The kernel's build configuration; modules count as loadable.")
            .path();
    host =
        syntax.flag(
            "--host",
            "The running kernel: its release, configuration and state, its",
            "blacklist's hashes, and which of the certificates given are in its",
            "keyrings, as far as it tells this user.");
    modules =
        syntax
            .option(
                "--crypto-modules",
                "MODULE",
                "Crypto modules that are loaded: ${COMPLETION-CANDIDATES}.")
            .words(CryptoModule.class);
    fips = syntax.flag("--fips", "The kernel runs in FIPS mode.");
    blacklist =
        syntax
            .option(
                "--blacklist",
                "HASH|FILE",
                "What the kernel's blacklist holds: tbs:HEX, bin:HEX, a file of such",
                "hashes (as CONFIG_SYSTEM_BLACKLIST_HASH_LIST has them), or revoked",
                "certificates, a file or a directory.")
            .list(List.of());
  }

  /** One profile a kernel, in the order given. */
  public List<KernelProfile> profiles() throws IOException, FormatException, CommandFailure {
    if (host.value()) {
      if (config.isGiven() || !releases.value().isEmpty()) {
        throw new CommandFailure(ExitCode.USAGE, "--host excludes --kernel and --kernel-config");
      }
      return List.of(adjusted(HOST.profile(hostKeyrings().orElseThrow())));
    }
    if (config.isGiven()) {
      return List.of(adjusted(configured(config.value())));
    }
    List<KernelProfile> profiles = new ArrayList<>();
    for (String text : releases.value().isEmpty() ? List.of(NEWEST) : releases.value()) {
      profiles.add(adjusted(KernelProfile.debianCloud(release(text))));
    }
    return profiles;
  }

  /** The running kernel's keyrings, if that kernel is asked. */
  Optional<HostKeyrings> hostKeyrings() throws IOException, FormatException, CommandFailure {
    return host.value() ? Optional.of(HOST.keyrings(Keyctl.find())) : Optional.empty();
  }

  /** The one kernel that is asked. */
  KernelProfile single() throws IOException, FormatException, CommandFailure {
    List<KernelProfile> profiles = profiles();
    if (profiles.size() != 1) {
      throw new CommandFailure(
          ExitCode.USAGE, "--kernel: expected one kernel, found " + profiles.size());
    }
    return profiles.getFirst();
  }

  private KernelProfile configured(Path file) throws IOException, FormatException, CommandFailure {
    KernelConfig facts = KernelConfig.read(InputFile.read(file, CONFIG_LIMIT));
    if (releases.value().size() > 1) {
      throw new CommandFailure(ExitCode.USAGE, "--kernel-config: expected one --kernel");
    }
    if (!releases.value().isEmpty()) {
      return facts.profile(release(releases.value().getFirst()));
    }
    KernelRelease named =
        facts
            .release()
            .orElseThrow(
                () ->
                    new CommandFailure(
                        ExitCode.USAGE, file + ": names no release", "--kernel VERSION names it"));
    return facts.profile(named);
  }

  private static KernelRelease release(String text) throws CommandFailure {
    return KernelRelease.parse(text)
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.USAGE,
                    "--kernel: expected a release, found \"" + text + "\"",
                    "for example 7.3, 7.3.4 or 7.3.4+deb13-cloud-amd64"));
  }

  private KernelProfile adjusted(KernelProfile profile)
      throws IOException, FormatException, CommandFailure {
    KernelProfile.Builder builder = profile.toBuilder();
    modules.value().forEach(builder::module);
    if (fips.value()) {
      builder.with(KernelFeature.FIPS);
    }
    return Blacklist.read(blacklist.value()).in(builder.build());
  }
}
