// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

/** What a message is verified for. {@code enum key_being_used_for} of include/linux/key.h. */
public enum Usage {
  MODULE,
  FIRMWARE,
  KEXEC_PE,
  /** fs-verity, dm-verity, IPE and the kfunc up to 6.17. */
  UNSPECIFIED,
  /** BPF loads and the kfunc, since 6.18; treated as {@link #UNSPECIFIED}. */
  BPF
}
