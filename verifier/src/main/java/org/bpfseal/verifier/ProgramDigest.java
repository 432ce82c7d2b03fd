// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import java.nio.ByteOrder;
import java.util.Arrays;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.crypto.Digests;
import org.bpfseal.verifier.crypto.HashAlgorithm;

/**
 * The hash that an exclusive map names: SHA-256 of the instructions, those immediates zeroed that
 * hold a map's file descriptor. {@code bpf_prog_calc_tag()}, kernel/bpf/core.c.
 */
final class ProgramDigest {
  private static final int INSN_SIZE = 8;
  private static final int IMMEDIATE = 4;
  private static final int WIDE_LOAD = 0x18;
  private static final int SOURCE_MAP_FD = 1;
  private static final int SOURCE_MAP_VALUE = 2;

  private ProgramDigest() {}

  static Bytes of(Bytes insns) {
    byte[] stable = insns.toArray();
    boolean second = false;
    for (int at = 0; at < stable.length; at += INSN_SIZE) {
      boolean first = !second && loadsMapByFd(insns, at);
      // Code, registers and offset of the second half are all zero.
      second = second && (insns.i32(at, ByteOrder.LITTLE_ENDIAN) == 0);
      if (first || second) {
        Arrays.fill(stable, at + IMMEDIATE, at + INSN_SIZE, (byte) 0);
      }
      second = first;
    }
    return Digests.of(HashAlgorithm.SHA256, Bytes.owning(stable));
  }

  private static boolean loadsMapByFd(Bytes insns, int at) {
    int source = insns.at(at + 1) >> 4;
    return insns.at(at) == WIDE_LOAD && (source == SOURCE_MAP_FD || source == SOURCE_MAP_VALUE);
  }
}
