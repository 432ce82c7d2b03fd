// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bpfseal.verifier.crypto.HashAlgorithm;
import org.bpfseal.verifier.crypto.KeyAlgorithm;
import org.bpfseal.verifier.keyring.Keyring;

/**
 * All that a verdict depends on besides the input: release, build, state, keyrings, blacklist.
 *
 * <p>Immutable. Keys for its keyrings are made by {@link KernelMirror#addKey}, from the profile
 * without them.
 */
public final class KernelProfile {
  private final KernelRelease release;
  private final Set<KernelFeature> features;
  private final Set<HashAlgorithm> hashes;
  private final Set<KeyAlgorithm> keyAlgorithms;
  private final Map<SystemKeyring, Keyring> systemKeyrings;
  private final Map<Integer, Keyring> keyrings;
  private final Set<String> blacklist;

  private KernelProfile(Builder builder) {
    this.release = builder.release;
    this.features = Set.copyOf(builder.features);
    this.hashes = Set.copyOf(builder.hashes);
    this.keyAlgorithms = Set.copyOf(builder.keyAlgorithms);
    this.systemKeyrings = Map.copyOf(builder.systemKeyrings);
    this.keyrings = Map.copyOf(builder.keyrings);
    this.blacklist = Set.copyOf(builder.blacklist);
  }

  /** A kernel of that release with nothing built in. */
  public static Builder builder(KernelRelease release) {
    return new Builder(release);
  }

  /** Debian's cloud kernel with no crypto module loaded and no keys of ours. */
  public static KernelProfile debianCloud(KernelRelease release) {
    return DebianCloud.profile(release);
  }

  /** A builder that starts from this profile. */
  public Builder toBuilder() {
    Builder builder = new Builder(release);
    builder.features.addAll(features);
    builder.hashes.addAll(hashes);
    builder.keyAlgorithms.addAll(keyAlgorithms);
    builder.systemKeyrings.putAll(systemKeyrings);
    builder.keyrings.putAll(keyrings);
    builder.blacklist.addAll(blacklist);
    return builder;
  }

  public KernelRelease release() {
    return release;
  }

  public boolean has(KernelFeature feature) {
    return features.contains(feature);
  }

  public boolean has(HashAlgorithm hash) {
    return hashes.contains(hash);
  }

  /** True if signatures by such keys can be verified; FIPS mode has no P-192. */
  public boolean has(KeyAlgorithm algorithm) {
    return keyAlgorithms.contains(algorithm)
        && !(algorithm == KeyAlgorithm.ECDSA_P192 && has(KernelFeature.FIPS));
  }

  /** A system keyring, empty if nothing was put into it. */
  public Keyring keyring(SystemKeyring which) {
    Keyring keyring = systemKeyrings.get(which);
    return keyring == null ? Keyring.empty(which.keyringName()) : keyring;
  }

  /**
   * A system keyring as a search of it goes: secondary with builtin and machine linked into it, and
   * builtin alone where there is no secondary.
   */
  public Keyring searched(SystemKeyring which) {
    if (which != SystemKeyring.SECONDARY) {
      return keyring(which);
    }
    Keyring builtin = keyring(SystemKeyring.BUILTIN);
    if (!has(KernelFeature.SECONDARY_KEYRING)) {
      return builtin;
    }
    Keyring.Builder all = keyring(SystemKeyring.SECONDARY).toBuilder().link(builtin);
    if (has(KernelFeature.MACHINE_KEYRING)) {
      all.link(keyring(SystemKeyring.MACHINE));
    }
    return all.build();
  }

  /** What a positive serial number or a special negative id leads to. */
  public Optional<Keyring> keyring(int id) {
    return Optional.ofNullable(keyrings.get(id));
  }

  /** True if there is a hash blacklist and something in it. */
  public boolean hasBlacklist() {
    return has(KernelFeature.BLACKLIST_KEYRING) && !blacklist.isEmpty();
  }

  /** True if the blacklist holds {@code tbs:HEX} or {@code bin:HEX}. */
  public boolean blacklists(String description) {
    return has(KernelFeature.BLACKLIST_KEYRING) && blacklist.contains(description);
  }

  /** What a load's signature covers in this release. */
  public SignedLoad signedLoad() {
    if (release.isAtLeast(7, 3)) {
      return SignedLoad.INSNS_AND_MAPS;
    }
    return release.isAtLeast(6, 18) ? SignedLoad.INSNS : SignedLoad.NONE;
  }

  /** True if a signature above 8192 bytes is refused before it is read. */
  public boolean limitsSignatureSize() {
    return release.isAtLeast(6, 18, 14);
  }

  /** True if the parsers know ML-DSA's OIDs. */
  public boolean knowsMlDsa() {
    return release.isAtLeast(7, 0);
  }

  /**
   * True if an EC-RDSA key on a curve whose OID the kernel has no name for is refused; before, such
   * a key was only of no use, and the first name of the registry was refused in its place.
   */
  public boolean refusesUnknownGostCurves() {
    return release.isAtLeast(7, 2);
  }

  /** True if the blacklist is asked for the SHA-256 of a certificate whatever its own hash is. */
  public boolean blacklistsBySha256() {
    return release.isAtLeast(7, 0);
  }

  /**
   * True if a certificate's basicConstraints must be empty or begin with cA TRUE: since 6.18, and
   * in stable releases since October 2025. Before, every one-octet BOOLEAN made a CA.
   */
  public boolean readsBasicConstraintsStrictly() {
    return release.isAtLeast(6, 18)
        || (release.isAtLeast(6, 17, 3) && release.minor() == 17)
        || (release.isAtLeast(6, 12, 53) && release.minor() == 12);
  }

  /** What a load's signature covers. */
  public enum SignedLoad {
    /** Up to 6.17: loads have no signatures. */
    NONE,
    /** 6.18 to 7.2: the instructions. */
    INSNS,
    /** Since 7.3: the instructions, then the value of each bound map. */
    INSNS_AND_MAPS
  }

  /** Collects the facts. Not for several threads at once. */
  public static final class Builder {
    private final KernelRelease release;
    private final Set<KernelFeature> features = EnumSet.noneOf(KernelFeature.class);
    private final Set<HashAlgorithm> hashes = EnumSet.noneOf(HashAlgorithm.class);
    private final Set<KeyAlgorithm> keyAlgorithms = EnumSet.noneOf(KeyAlgorithm.class);
    private final Map<SystemKeyring, Keyring> systemKeyrings = new EnumMap<>(SystemKeyring.class);
    private final Map<Integer, Keyring> keyrings = new HashMap<>();
    private final Set<String> blacklist = new HashSet<>();

    /** What a fresh process of root finds under -3, -4 and -5; it has no other special keyring. */
    private static final Map<Integer, Keyring> FRESH_PROCESS =
        Map.of(
            -3,
            Keyring.empty("_ses"),
            -4,
            Keyring.empty("_uid.0"),
            -5,
            Keyring.empty("_uid_ses.0"));

    private Builder(KernelRelease release) {
      this.release = release;
      this.keyrings.putAll(FRESH_PROCESS);
    }

    public Builder with(KernelFeature... some) {
      features.addAll(Set.of(some));
      return this;
    }

    public Builder without(KernelFeature... some) {
      features.removeAll(Set.of(some));
      return this;
    }

    /** Hashes that are built in or whose module is loaded. */
    public Builder hashes(Collection<HashAlgorithm> some) {
      hashes.addAll(some);
      return this;
    }

    /** Algorithms that are built in or whose module is loaded. */
    public Builder keyAlgorithms(Collection<KeyAlgorithm> some) {
      keyAlgorithms.addAll(some);
      return this;
    }

    /** A crypto module that is loaded, or will be on demand. */
    public Builder module(CryptoModule module) {
      return hashes(module.hashes()).keyAlgorithms(module.keyAlgorithms());
    }

    public Builder keyring(SystemKeyring which, Keyring keyring) {
      systemKeyrings.put(which, keyring);
      return this;
    }

    /** What a serial number (3 and up) or a special id (-1 and down) leads to. */
    public Builder keyring(int id, Keyring keyring) {
      keyrings.put(id, keyring);
      return this;
    }

    /** Blacklists a hash: {@code tbs:} or {@code bin:} and lower-case hex. */
    public Builder blacklist(String description) {
      blacklist.add(description);
      return this;
    }

    public KernelProfile build() {
      return new KernelProfile(this);
    }
  }
}
