// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.program;

import java.util.Arrays;
import java.util.Optional;
import org.bpfseal.verifier.bytes.Bytes;

/** A form of the loader that some kernels take and others don't, newest first. */
public enum Generation {
  /** Kernel 7.3 and later: the kernel itself binds the blob, since the signature covers it. */
  V7_3("7.3") {
    @Override
    public Bytes payload(Bytes insns, Bytes data) {
      return Bytes.concat(insns, data);
    }
  },
  /** Kernels 6.18 to 7.2: the instructions check the blob, so the signature covers them alone. */
  V6_18("6.18") {
    @Override
    public Bytes payload(Bytes insns, Bytes data) {
      return insns;
    }
  };

  private final String id;

  Generation(String id) {
    this.id = id;
  }

  /** The oldest kernel that takes it, as member names and options spell it. */
  public String id() {
    return id;
  }

  /** The generation of that id, if there is one. */
  public static Optional<Generation> of(String id) {
    return Arrays.stream(values()).filter(generation -> generation.id.equals(id)).findFirst();
  }

  /** The bytes that a signature of this generation covers. */
  public abstract Bytes payload(Bytes insns, Bytes data);
}
