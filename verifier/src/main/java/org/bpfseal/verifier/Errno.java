// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

/**
 * The error numbers that {@code add_key}, a signed {@code BPF_PROG_LOAD} and their kin can answer,
 * by their names in C. Numbers are those of x86-64.
 */
public enum Errno {
  EPERM(1),
  ENOENT(2),
  E2BIG(7),
  EBADF(9),
  ENOMEM(12),
  EACCES(13),
  EFAULT(14),
  EBUSY(16),
  EINVAL(22),
  ENOPKG(65),
  EBADMSG(74),
  EMSGSIZE(90),
  EOPNOTSUPP(95),
  ENOKEY(126),
  EKEYEXPIRED(127),
  EKEYREVOKED(128),
  EKEYREJECTED(129),
  /** Never meant for user space, yet it gets there. */
  ENOTSUPP(524);

  private final int number;

  Errno(int number) {
    this.number = number;
  }

  /** The positive number; system calls return it negated. */
  public int number() {
    return number;
  }
}
