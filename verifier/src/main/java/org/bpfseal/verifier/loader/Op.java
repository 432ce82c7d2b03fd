// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.loader;

/** Opcodes of the instructions that loaders consist of: include/uapi/linux/bpf.h. */
final class Op {
  static final int LD_IMM64 = 0x18;
  static final int LDX_B = 0x71;
  static final int LDX_H = 0x69;
  static final int LDX_W = 0x61;
  static final int LDX_DW = 0x79;
  static final int STX_B = 0x73;
  static final int STX_H = 0x6b;
  static final int STX_W = 0x63;
  static final int STX_DW = 0x7b;
  static final int ST_W = 0x62;
  static final int ST_H = 0x6a;
  static final int MOV = 0xbf;
  static final int MOV_IMM = 0xb7;
  static final int ADD_IMM = 0x07;
  static final int AND_IMM = 0x54;
  static final int RSH_IMM = 0x77;
  static final int JA = 0x05;
  static final int JEQ_IMM = 0x15;
  static final int JSET_IMM = 0x45;
  static final int JNE_IMM = 0x55;
  static final int JNE = 0x5d;
  static final int JSGE_IMM = 0x75;
  static final int JSLT_IMM = 0xc5;
  static final int JSLE_IMM = 0xd5;
  static final int CALL = 0x85;
  static final int EXIT = 0x95;

  private Op() {}
}
