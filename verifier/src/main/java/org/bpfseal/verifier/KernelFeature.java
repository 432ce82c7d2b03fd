// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

/** A fact about a kernel's build, its command line or its state that changes verdicts. */
public enum KernelFeature {
  /** CONFIG_SYSTEM_DATA_VERIFICATION: without it no PKCS#7 message is verified at all. */
  SYSTEM_DATA_VERIFICATION,
  /** CONFIG_SECONDARY_TRUSTED_KEYRING: without it id 1 means builtin. */
  SECONDARY_KEYRING,
  /** CONFIG_SECONDARY_TRUSTED_KEYRING_SIGNED_BY_BUILTIN. */
  SECONDARY_SIGNED_BY_BUILTIN,
  /** CONFIG_INTEGRITY_PLATFORM_KEYRING: without it id 2 is ENOKEY. */
  PLATFORM_KEYRING,
  /** CONFIG_INTEGRITY_MACHINE_KEYRING. */
  MACHINE_KEYRING,
  /** CONFIG_SYSTEM_BLACKLIST_KEYRING: the hash blacklist. */
  BLACKLIST_KEYRING,
  /** CONFIG_SYSTEM_REVOCATION_LIST: revoked certificates. */
  REVOCATION_LIST,
  /** CONFIG_PKCS7_WAIVE_AUTHATTRS_REJECTION_FOR_MLDSA, since 7.0. */
  MLDSA_ATTRIBUTES_WAIVED,
  /** CONFIG_BPF_LSM, and {@code bpf} among the LSMs of the boot: programs on LSM hooks. */
  BPF_LSM,
  /** Booted with {@code fips=1}. */
  FIPS,
  /** CONFIG_MODULE_SIG_FORCE or {@code module.sig_enforce}. */
  MODULE_SIG_ENFORCED,
  /** Locked down for integrity or confidentiality. */
  LOCKDOWN,
  /** A distribution's patch: modules are tried against the platform keyring too. */
  MODULE_PLATFORM_FALLBACK,
  /** A distribution's patch: the hash of a whole module is looked up in the blacklist. */
  MODULE_HASH_BLACKLIST,
  /** {@code fs.verity.require_signatures=1}. */
  FSVERITY_SIGNATURE_REQUIRED,
  /** Keyring {@code .bpf} with id -9, which no release has; queued for 7.4. */
  BPF_KEYRING
}
